/*
 * The commands of the program. Each takes the arguments behind its name and returns the exit code.
 */
#ifndef ONRECORD_CLI_COMMANDS_H
#define ONRECORD_CLI_COMMANDS_H

enum exit_code {
    EXIT_FINE = 0,
    EXIT_REFUSED = 1, /* the input was refused; the service is not healthy */
    EXIT_USAGE = 2,
    EXIT_IO = 3, /* a file, an address or the output cannot be had */
};

int serve_command(int argc, char **argv);
int extract_command(int argc, char **argv);
int check_data_command(int argc, char **argv);
int healthcheck_command(int argc, char **argv);

/* "onrecord serve: there is no option --x" and where help is; returns EXIT_USAGE. */
int usage_error(const char *command, const char *message);

#endif
