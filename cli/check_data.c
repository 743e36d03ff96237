#include <string.h>

#include "cli/commands.h"
#include "cli/data_dir.h"

static void print_help(void)
{
    puts("usage: onrecord check-data DIR\n\n"
         "Reads the word lists in DIR, which --data-dir would put over the program's own, and\n"
         "tells what each changes, and of each wrong row the file, the line and what is wrong.\n"
         "A row adds its key or replaces the row with the same key; !key alone takes it away.\n\n"
         "Exit codes: 0 all is well; 1 a row or a file is wrong; 3 something cannot be read.");
}

int check_data_command(int argc, char **argv)
{
    struct data_dir d;

    if (argc == 1 && strcmp(argv[0], "--help") == 0) {
        print_help();
        return EXIT_FINE;
    }
    if (argc != 1 || argv[0][0] == '-')
        return usage_error("check-data", "it takes one folder");
    bool well = data_dir_read(argv[0], false, stderr, stdout, &d);
    arena_free(d.arena);
    if (well && !d.files)
        puts("There is no file NAME.tsv in it; see data/ for the lists that there are.");
    if (d.unread)
        return EXIT_IO;
    return well ? EXIT_FINE : EXIT_REFUSED;
}
