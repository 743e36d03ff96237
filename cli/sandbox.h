/*
 * What a running service can no longer do, whatever goes wrong in it: start a program or a process,
 * look into others, mount, change namespaces, load code into the kernel, open sockets of other
 * families than the Internet's, UNIX's and netlink's. The process is killed at such a call. Core
 * files and new privileges are off as well (decision 0013).
 */
#ifndef ONRECORD_CLI_SANDBOX_H
#define ONRECORD_CLI_SANDBOX_H

enum sandbox_state {
    SANDBOX_OFF, /* not entered */
    SANDBOX_ON,
    SANDBOX_REFUSED, /* the kernel knows no such filter, or lets none in */
    SANDBOX_LEFT_OUT /* a build with sanitizers, which need what it forbids */
};

/* No core files, and no other process of the same user reads this one. */
void sandbox_keep_private(void);

/* Shuts the process in, all of its threads, for good. */
enum sandbox_state sandbox_enter(void);

#endif
