#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/suggest.h"

static int help_command(int argc, char **argv);
static int version_command(int argc, char **argv);

static const struct command {
    const char *name;
    const char *help;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"serve", "Answer over HTTP", serve_command},
    {"extract", "Summarise a file, or with --ndjson a stream of requests", extract_command},
    {"check-data", "Explain what is wrong with word lists of your own", check_data_command},
    {"healthcheck", "Ask a running service whether it is ready; for containers",
     healthcheck_command},
    {"version", "Print the version", version_command},
    {"help", "Print this; with --markdown, the table of options for a README", help_command},
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void print_overview(FILE *to)
{
    fputs(
        "onrecord: who acts in a news article, who has committed to do what for whom by when, and\n"
        "every date resolved.\n\nusage: onrecord COMMAND [OPTION]...\n\n",
        to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-12s %s\n", commands[i].name, commands[i].help);
    fputs(
        "\n`onrecord COMMAND --help` tells a command's options.\n"
        "Exit codes: 0 done; 1 the input was refused, or the service is not ready; 2 wrong usage;\n"
        "3 a file, an address or the output cannot be had.\n",
        to);
}

static int help_command(int argc, char **argv)
{
    if (argc > 0 && strcmp(argv[0], "--markdown") == 0)
        options_markdown(stdout);
    else
        print_overview(stdout);
    return fflush(stdout) == 0 ? EXIT_FINE : EXIT_IO;
}

static int version_command(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("onrecord " ONRECORD_VERSION " (" ONRECORD_BUILD ")");
    return fflush(stdout) == 0 ? EXIT_FINE : EXIT_IO;
}

int usage_error(const char *command, const char *message)
{
    fprintf(stderr, "onrecord %s: %s\n`onrecord %s --help` tells its options.\n", command, message,
            command);
    return EXIT_USAGE;
}

static int unknown_command(const char *name)
{
    const char *best = NULL;
    for (int i = 0; i < COMMANDS; i++)
        suggest_try(name, commands[i].name, &best);
    fprintf(stderr, "onrecord: there is no command %.60s", name);
    if (best)
        fprintf(stderr, "; did you mean %s?", best);
    fputs("\n`onrecord help` lists the commands.\n", stderr);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    return unknown_command(name);
}
