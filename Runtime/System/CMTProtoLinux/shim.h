// What the module Glibc leaves out: epoll, eventfd, and two functions behind _GNU_SOURCE.
//
// Nothing is included on purpose. A header that two modules include belongs to whichever the compiler meets first, and then
// the members of its structures are only visible to files that import that one. So the kernel's interface is written down
// here, under names of our own that stand for the functions of the C library.
#ifndef CMTPROTO_LINUX_SHIM_H
#define CMTPROTO_LINUX_SHIM_H

#if defined(__linux__)

// Without a gap on the one architecture where the kernel wants it so.
#if defined(__x86_64__)
#define CMTPROTO_PACKED __attribute__((packed))
#else
#define CMTPROTO_PACKED
#endif

struct linux_epoll_event {
    unsigned int events;
    unsigned long long key;
} CMTPROTO_PACKED;

static const int LINUX_EPOLL_CTL_ADD = 1;
static const int LINUX_EPOLL_CTL_DEL = 2;
static const int LINUX_EPOLL_CTL_MOD = 3;

static const unsigned int LINUX_EPOLLIN = 0x1;
static const unsigned int LINUX_EPOLLOUT = 0x4;
static const unsigned int LINUX_EPOLLERR = 0x8;
static const unsigned int LINUX_EPOLLHUP = 0x10;
static const unsigned int LINUX_EPOLLET = 0x80000000;

// Flags are those of open(2) and socket(2): O_CLOEXEC, O_NONBLOCK; SOCK_CLOEXEC, SOCK_NONBLOCK.
int linux_epoll_create1(int flags) __asm__("epoll_create1");
int linux_epoll_ctl(int epoll, int operation, int descriptor, struct linux_epoll_event *event) __asm__("epoll_ctl");
int linux_epoll_wait(int epoll, struct linux_epoll_event *events, int capacity, int milliseconds) __asm__("epoll_wait");
int linux_eventfd(unsigned int value, int flags) __asm__("eventfd");
int linux_accept4(int socket, void *address, unsigned int *length, int flags) __asm__("accept4");
int linux_pthread_setname_np(unsigned long thread, const char *name) __asm__("pthread_setname_np");

#endif

#endif
