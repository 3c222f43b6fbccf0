/* The floor: the least that a chat broadcaster on one thread can do.

   It reads lines and sends each to every client, the sender included. It has epoll, one shared buffer for all lines of a tick, and one
   send per client and tick. It has no names, rooms, limits or history. MuxChat is measured against it.

   usage: broadcaster PORT      (0 takes a free port; the line on standard output names it) */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    READY_PER_TICK = 1024,
    READ_BYTES = 64 * 1024,
    LINE_BYTES = 1024,           /* a longer line ends the connection */
    NAME_BYTES = 16,             /* room for "u1234567: " */
    TICK_BYTES = 16 * 1024 * 1024,

    /* One read may hold READ_BYTES empty lines, and each gets a name. Without so much room nothing is read until the next tick. */
    TICK_RESERVE = READ_BYTES * (NAME_BYTES + 1) + LINE_BYTES,
};

/* A client. Its descriptor is its index in `clients`. */
struct client {
    size_t place;                /* its index in `members` */
    size_t line_length;          /* bytes of a line whose end has not come yet */
    char line[LINE_BYTES];
    char *queue;                 /* bytes that the kernel did not take */
    size_t queued, queue_size;
};

static struct client **clients;
static size_t max_clients;
static int *members;             /* the descriptors of all clients, without gaps */
static size_t member_count;
static int poller;
static char tick[TICK_BYTES];    /* the lines of this tick */
static size_t tick_length;
static char input[READ_BYTES];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void *must(void *memory)
{
    if (!memory) {
        fail("no memory");
    }
    return memory;
}

/* Watches a descriptor for reading, and for writing too while bytes are queued. */
static void watch(int fd, int operation, int wants_write)
{
    struct epoll_event event = { .events = EPOLLIN | (wants_write ? EPOLLOUT : 0), .data.fd = fd };
    if (epoll_ctl(poller, operation, fd, &event)) {
        fail("epoll_ctl");
    }
}

static void drop(int fd)
{
    struct client *client = clients[fd];
    int last = members[--member_count];
    members[client->place] = last;
    clients[last]->place = client->place;
    clients[fd] = NULL;
    free(client->queue);
    free(client);
    close(fd);
}

static void accept_all(int listener)
{
    int fd, on = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if ((size_t)fd >= max_clients) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        clients[fd] = must(calloc(1, sizeof *clients[fd]));
        clients[fd]->place = member_count;
        members[member_count++] = fd;
        watch(fd, EPOLL_CTL_ADD, 0);
    }
    if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR) {
        fail("accept");
    }
}

/* Appends one whole line to the tick: a name, the part that came before, and the part that came now with its line feed. */
static void publish(int fd, struct client *client, const char *end_part, size_t length)
{
    tick_length += (size_t)sprintf(tick + tick_length, "u%d: ", fd);
    memcpy(tick + tick_length, client->line, client->line_length);
    tick_length += client->line_length;
    client->line_length = 0;
    memcpy(tick + tick_length, end_part, length);
    tick_length += length;
}

static void read_lines(int fd)
{
    struct client *client = clients[fd];
    if (TICK_BYTES - tick_length < TICK_RESERVE) {
        return;                  /* level-triggered: the next tick reads it */
    }
    ssize_t count = recv(fd, input, sizeof input, 0);
    if (count <= 0) {
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            drop(fd);
        }
        return;
    }
    const char *next = input, *end = input + count, *feed;
    while ((feed = memchr(next, '\n', (size_t)(end - next)))) {
        publish(fd, client, next, (size_t)(feed + 1 - next));
        next = feed + 1;
    }
    size_t rest = (size_t)(end - next);
    if (client->line_length + rest > LINE_BYTES) {
        drop(fd);
        return;
    }
    memcpy(client->line + client->line_length, next, rest);
    client->line_length += rest;
}

static void send_queued(int fd)
{
    struct client *client = clients[fd];
    ssize_t sent = send(fd, client->queue, client->queued, MSG_NOSIGNAL);
    if (sent > 0) {
        client->queued -= (size_t)sent;
        memmove(client->queue, client->queue + sent, client->queued);
    }
    if (client->queued == 0) {
        watch(fd, EPOLL_CTL_MOD, 0);
    }
}

/* Sends all lines of the tick at once. The client keeps the bytes that the kernel did not take.
   A broken client is dropped when it is read. */
static void send_tick(int fd)
{
    struct client *client = clients[fd];
    size_t sent = 0;
    if (client->queued == 0) {
        ssize_t result = send(fd, tick, tick_length, MSG_NOSIGNAL);
        sent = result > 0 ? (size_t)result : 0;
    }
    size_t rest = tick_length - sent;
    if (rest == 0) {
        return;
    }
    if (client->queued == 0) {
        watch(fd, EPOLL_CTL_MOD, 1);
    }
    if (client->queued + rest > client->queue_size) {
        client->queue_size = 2 * (client->queued + rest);
        client->queue = must(realloc(client->queue, client->queue_size));
    }
    memcpy(client->queue + client->queued, tick + sent, rest);
    client->queued += rest;
}

static int listen_on(int port)
{
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((unsigned short)port) };
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on)) {
        fail("socket");
    }
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) {
        fail("cannot listen");
    }
    if (getsockname(listener, (struct sockaddr *)&address, &length)) {
        fail("getsockname");
    }
    printf("listening on floor://127.0.0.1:%d\nready\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    long port = argc == 2 ? strtol(argv[1], &end, 10) : -1;
    if (argc != 2 || *argv[1] == 0 || *end || port < 0 || port > 65535) {
        fprintf(stderr, "usage: broadcaster PORT   (0 to 65535; 0 takes a free port)\n");
        return 2;
    }
    struct rlimit descriptors;
    if (getrlimit(RLIMIT_NOFILE, &descriptors)) {
        fail("getrlimit");
    }
    max_clients = descriptors.rlim_cur > 1024 * 1024 ? 1024 * 1024 : descriptors.rlim_cur;
    clients = must(calloc(max_clients, sizeof *clients));
    members = must(calloc(max_clients, sizeof *members));
    poller = epoll_create1(0);
    if (poller < 0) {
        fail("epoll_create1");
    }
    int listener = listen_on((int)port);
    watch(listener, EPOLL_CTL_ADD, 0);
    for (;;) {
        struct epoll_event ready[READY_PER_TICK];
        int count = epoll_wait(poller, ready, READY_PER_TICK, -1);
        if (count < 0 && errno != EINTR) {
            fail("epoll_wait");
        }
        tick_length = 0;
        for (int i = 0; i < count; i++) {
            int fd = ready[i].data.fd;
            if (fd == listener) {
                accept_all(listener);
                continue;
            }
            if (ready[i].events & EPOLLOUT) {
                send_queued(fd);
            }
            if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
                read_lines(fd);
            }
        }
        for (size_t i = 0; tick_length > 0 && i < member_count; i++) {
            send_tick(members[i]);
        }
    }
}
