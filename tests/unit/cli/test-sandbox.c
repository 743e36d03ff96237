#include "tests/unit/check.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/sandbox.h"

static void run_a_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
}

static void fork_a_process(void)
{
    if (fork() == 0)
        _exit(0);
}

static void trace(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static void mount_something(void)
{
    mount("none", "/", "tmpfs", 0, NULL);
}

static void leave_the_namespace(void)
{
    unshare(0);
}

static void open_a_packet_socket(void)
{
    socket(AF_PACKET, SOCK_RAW, 0);
}

static void open_a_kernel_crypto_socket(void)
{
    socket(AF_ALG, SOCK_SEQPACKET, 0);
}

static void load_into_the_kernel(void)
{
    syscall(SYS_bpf, 0, NULL, 0);
}

static void *do_nothing(void *arg)
{
    return arg;
}

static void start_a_thread(void)
{
    pthread_t t;
    if (pthread_create(&t, NULL, do_nothing, NULL) != 0 || pthread_join(t, NULL) != 0)
        _exit(9);
}

static void open_what_a_service_needs(void)
{
    int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
        if (socket(families[i], families[i] == AF_NETLINK ? SOCK_RAW : SOCK_STREAM, 0) < 0)
            _exit(8);
    if (open("/etc/hosts", O_RDONLY) < 0)
        _exit(7);
}

/* How a process ends that enters and then does `what`: 0 by itself, SIGSYS killed, else its code.
 */
static int after_entering(void (*what)(void), bool *entered)
{
    int status, pipes[2];
    char state = 'x';
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        sandbox_keep_private();
        bool on = sandbox_enter() == SANDBOX_ON;
        if (write(pipes[1], on ? "y" : "n", 1) != 1)
            _exit(6);
        if (on)
            what();
        _exit(0);
    }
    assert_int_equal(read(pipes[0], &state, 1), 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(pipes[0]);
    close(pipes[1]);
    *entered = state == 'y';
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void footholds_end_the_process(void **state)
{
    static void (*const calls[])(void) = {
        run_a_program,
        fork_a_process,
        trace,
        mount_something,
        leave_the_namespace,
        open_a_packet_socket,
        open_a_kernel_crypto_socket,
        load_into_the_kernel,
    };
    (void)state;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        bool entered;
        int end = after_entering(calls[i], &entered);
        assert_int_equal(end, entered ? SIGSYS : 0);
        if (i == 0)
            print_message("# %s\n", entered ? "the filter is on" : "there is no filter here");
    }
}

static void work_goes_on(void **state)
{
    (void)state;
    bool entered;
    assert_int_equal(after_entering(start_a_thread, &entered), 0);
    assert_int_equal(after_entering(open_what_a_service_needs, &entered), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(footholds_end_the_process),
        cmocka_unit_test(work_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
