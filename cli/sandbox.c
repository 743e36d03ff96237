#include "cli/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#ifdef ONRECORD_SANITIZED
enum { SANITIZED = true };
#else
enum { SANITIZED = false };
#endif

/* Never made by a service that reads and answers; each a way from a bug to a foothold. */
static const int forbidden[] = {
    /* programs and processes */
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    /* other processes' memory and descriptors */
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(kcmp),
    /* file systems and namespaces */
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(open_tree),
    SCMP_SYS(move_mount),
    SCMP_SYS(fsopen),
    SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount),
    SCMP_SYS(fspick),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(quotactl),
    /* the kernel itself, and where its bugs have been */
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(personality),
    /* the machine */
    SCMP_SYS(reboot),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(adjtimex),
    SCMP_SYS(clock_adjtime),
    SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname),
    SCMP_SYS(acct),
    SCMP_SYS(syslog),
    SCMP_SYS(ioperm),
    SCMP_SYS(iopl),
    /* other users */
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setgroups),
    SCMP_SYS(capset),
};

static bool forbid(scmp_filter_ctx f, int call)
{
    int e = seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, call, 0);
    return e == 0 || e == -EDOM; /* this machine has no such call */
}

/*
 * Threads are fine, processes are not. clone3 has its flags in memory, where no filter sees them;
 * the C library takes clone where there is no clone3.
 */
static bool forbid_processes(scmp_filter_ctx f)
{
    return seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0 &&
           seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

/* All but AF_UNIX, AF_INET, AF_INET6 and, for the resolver, AF_NETLINK. */
static bool forbid_sockets(scmp_filter_ctx f)
{
    bool done = seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket), 1,
                                 SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0)) == 0;
    for (unsigned family = AF_INET + 1; family < AF_NETLINK && done; family++)
        if (family != AF_INET6)
            done = seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket), 1,
                                    SCMP_A0(SCMP_CMP_EQ, family, 0)) == 0;
    return done;
}

void sandbox_keep_private(void)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

enum sandbox_state sandbox_enter(void)
{
    if (SANITIZED)
        return SANDBOX_LEFT_OUT;
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
    bool made = f && seccomp_attr_set(f, SCMP_FLTATR_CTL_NNP, 1) == 0 &&
                seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && forbid_processes(f) &&
                forbid_sockets(f);
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]) && made; i++)
        made = forbid(f, forbidden[i]);
    made = made && seccomp_load(f) == 0;
    if (f)
        seccomp_release(f);
    return made ? SANDBOX_ON : SANDBOX_REFUSED;
}
