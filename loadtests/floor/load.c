/* The load: many chat clients on one thread, which measure what a server delivers.

   All clients join one room. Some of them, the senders, speak in turn and keep a fixed number of lines in flight. Each line holds one '|'
   and the time of sending, so a delivery is counted by its '|', in any protocol.

   It prints a name and a number on each line, and exits with 1 if the clients cannot get in or a line is lost. */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
    "usage: load --port PORT --pid PID --server floor|lines [options]\n"
    "  --port PORT      the server's port on 127.0.0.1\n"
    "  --path PATH      its Unix socket, in place of a port\n"
    "  --pid PID        the server's process, whose processor time is read\n"
    "  --server KIND    floor: the broadcaster; lines: MuxChat's line protocol, in the room #bench\n"
    "  --clients N      simulated clients (100)\n"
    "  --senders N      clients that speak in turn (10, or all if there are fewer)\n"
    "  --payload BYTES  bytes in a line without its end, at least 32 (64)\n"
    "  --window N       lines in flight (64)\n"
    "  --warm S         seconds of load that are not measured (1)\n"
    "  --seconds S      seconds that are measured (4)\n";

enum {
    READY_PER_WAIT = 1024,
    READ_BYTES = 256 * 1024,
    HELLO_BYTES = 256,
    MAX_CONNECTING = 64,         /* clients that log in at once */
    STAMP_DIGITS = 16,
    MAX_LATENCY_US = 20 * 1000 * 1000,
    LATENCY_SAMPLE = 10,         /* every tenth client measures latency */
};

static const uint64_t second = 1000000000u;
static const double login_limit_s = 60, quiet_s = 0.7;

enum state { CONNECTING, ENTERING, IN, GONE };

struct client {
    int fd;
    enum state state;
    int wants_write;
    size_t matched;              /* bytes of `ready_token` that the last read ended with */
    char *queue;                 /* bytes that the kernel did not take */
    size_t queued, queue_size;
};

static const char *path; /* a Unix socket; NULL for the port */
static int port, pid, client_count = 100, sender_count = 10, payload = 64, window = 64, is_floor;
static double warm_s = 1, measured_s = 4;
static struct client *clients;
static int poller;
static char input[READ_BYTES];
static uint64_t delivered, sent, gone;
static int is_measuring;
static uint32_t *latencies;      /* deliveries by their latency in microseconds */
static uint64_t latency_count;
static const char ready_token[] = "pong in";

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

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * second + (uint64_t)time.tv_nsec;
}

/* Processor time of the server in seconds: fields 14 and 15 of /proc/PID/stat, user and system (proc(5)). */
static double server_cpu(void)
{
    char path[64], text[2048];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) {
        fail(path);
    }
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    const char *after_name = strrchr(text, ')');
    unsigned long user, kernel;
    if (!after_name || sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2) {
        fprintf(stderr, "%s has no processor time\n", path);
        exit(1);
    }
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

static void watch(struct client *client, int operation, int wants_write)
{
    struct epoll_event event = { .events = EPOLLIN | (wants_write ? EPOLLOUT : 0), .data.ptr = client };
    client->wants_write = wants_write;
    if (epoll_ctl(poller, operation, client->fd, &event)) {
        fail("epoll_ctl");
    }
}

static void end(struct client *client)
{
    client->state = GONE;
    gone++;
    close(client->fd);
}

static void send_bytes(struct client *client, const char *bytes, size_t length)
{
    if (client->queued == 0) {
        ssize_t count = send(client->fd, bytes, length, MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN) {
            end(client);
            return;
        }
        size_t taken = count > 0 ? (size_t)count : 0;
        bytes += taken;
        length -= taken;
    }
    if (length == 0) {
        return;
    }
    if (client->queued + length > client->queue_size) {
        client->queue_size = 2 * (client->queued + length);
        client->queue = must(realloc(client->queue, client->queue_size));
    }
    memcpy(client->queue + client->queued, bytes, length);
    client->queued += length;
    if (!client->wants_write) {
        watch(client, EPOLL_CTL_MOD, 1);
    }
}

static void send_queued(struct client *client)
{
    ssize_t count = send(client->fd, client->queue, client->queued, MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN) {
        end(client);
        return;
    }
    if (count > 0) {
        client->queued -= (size_t)count;
        memmove(client->queue, client->queue + count, client->queued);
    }
    if (client->queued == 0) {
        watch(client, EPOLL_CTL_MOD, 0);
    }
}

/* The connection is made: log in. The floor has no login, so the client is in at once. */
static void begin(struct client *client)
{
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &length) || error) {
        end(client);
        return;
    }
    watch(client, EPOLL_CTL_MOD, 0);
    client->state = IN;
    if (!is_floor) {
        char hello[HELLO_BYTES];
        int count = snprintf(hello, sizeof hello, "/nick u%td\n/join #bench\n/ping in\n", client - clients);
        client->state = ENTERING;
        send_bytes(client, hello, (size_t)count);
    }
}

/* Looks for the token that says that the client is in. It may come in pieces. */
static int has_token(struct client *client, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        client->matched = bytes[i] == ready_token[client->matched] ? client->matched + 1 : bytes[i] == ready_token[0];
        if (client->matched == sizeof ready_token - 1) {
            return 1;
        }
    }
    return 0;
}

/* Counts the deliveries in what came; a stamp that a read cuts is counted, and its latency left out. */
static void count_deliveries(const char *bytes, size_t length, int takes_latency)
{
    const char *next = bytes, *end_of_bytes = bytes + length;
    uint64_t time = takes_latency ? now() : 0;
    while ((next = memchr(next, '|', (size_t)(end_of_bytes - next)))) {
        next++;
        delivered++;
        if (takes_latency && end_of_bytes - next >= STAMP_DIGITS) {
            char digits[STAMP_DIGITS + 1] = { 0 };
            memcpy(digits, next, STAMP_DIGITS);
            uint64_t us = (time - strtoull(digits, NULL, 16)) / 1000;
            latencies[us < MAX_LATENCY_US ? us : MAX_LATENCY_US]++;
            latency_count++;
        }
    }
}

static void receive(struct client *client)
{
    ssize_t count = recv(client->fd, input, sizeof input, 0);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN) {
            end(client);
        }
        return;
    }
    if (client->state == ENTERING && has_token(client, input, (size_t)count)) {
        client->state = IN;
    }
    count_deliveries(input, (size_t)count, is_measuring && (client - clients) % LATENCY_SAMPLE == 0);
}

/* Waits at most so long, and serves what is ready. Returns how many clients were. */
static int serve(int timeout_ms)
{
    struct epoll_event ready[READY_PER_WAIT];
    int count = epoll_wait(poller, ready, READY_PER_WAIT, timeout_ms);
    if (count < 0 && errno != EINTR) {
        fail("epoll_wait");
    }
    for (int i = 0; i < count; i++) {
        struct client *client = ready[i].data.ptr;
        if (client->state == CONNECTING) {
            begin(client);
            continue;
        }
        if (ready[i].events & EPOLLOUT) {
            send_queued(client);
        }
        if (client->state != GONE && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
            receive(client);
        }
    }
    return count;
}

/* A Unix socket connects at once, or not at all while the server's queue is full: then it waits. */
static void connect_to_path(int fd)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    strcpy(address.sun_path, path);
    while (connect(fd, (struct sockaddr *)&address, sizeof address)) {
        if (errno != EAGAIN) {
            fail("connect");
        }
        usleep(1000);
    }
}

static void connect_to_port(int fd)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((unsigned short)port) };
    int on = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) {
        fail("connect");
    }
}

static void connect_one(struct client *client)
{
    client->fd = socket(path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0) {
        fail("socket (see ulimit -n)");
    }
    if (path) {
        connect_to_path(client->fd);
    } else {
        connect_to_port(client->fd);
    }
    client->state = CONNECTING;
    watch(client, EPOLL_CTL_ADD, 1);
}

/* Logs all clients in, a few at a time, and waits until the server has nothing more to say about it. */
static double log_in(void)
{
    uint64_t start = now(), limit = start + (uint64_t)(login_limit_s * (double)second);
    int opened = 0, in = 0;
    while (in < client_count) {
        for (; opened < client_count && opened - in < MAX_CONNECTING; opened++) {
            connect_one(&clients[opened]);
        }
        serve(100);
        in = 0;
        for (int i = 0; i < opened; i++) {
            in += clients[i].state == IN;
        }
        if (gone > 0 || now() > limit) {
            fprintf(stderr, "only %d of %d clients got in; the server closed %" PRIu64 "\n", in, client_count, gone);
            exit(1);
        }
    }
    double took = (double)(now() - start) / (double)second;
    while (serve(400) > 0) {
    }
    return took;
}

/* Says one line: '|', the time, and filler. */
static void say(char *line, struct client *client)
{
    char stamp[STAMP_DIGITS + 2];
    snprintf(stamp, sizeof stamp, "|%016" PRIx64, now());
    memcpy(line, stamp, STAMP_DIGITS + 1);
    if (client->state == IN) {
        send_bytes(client, line, (size_t)payload + 1);
    }
    sent++;
}

static double percentile(double share)
{
    uint64_t rank = (uint64_t)((double)latency_count * share), seen = 0;
    for (int us = 0; us <= MAX_LATENCY_US; us++) {
        seen += latencies[us];
        if (seen > rank) {
            return us;
        }
    }
    return 0;
}

/* Keeps the window full for the warm-up and the measured time, then waits until nothing more comes. */
static int measure(double login_s)
{
    /* The floor sends a line to its sender too; MuxChat does not. */
    double receivers = is_floor ? client_count : client_count - 1;
    char *line = must(malloc((size_t)payload + 1));
    memset(line, 'x', (size_t)payload);
    line[payload] = '\n';
    uint64_t from = now() + (uint64_t)(warm_s * (double)second), to = from + (uint64_t)(measured_s * (double)second);
    uint64_t delivered_before = 0, delivered_in = 0, time = 0, started = 0;
    double cpu_before = 0, cpu = 0, took = 0;
    int next_sender = 0;
    delivered = 0;
    while ((time = now()) < to) {
        if (!is_measuring && time >= from) {
            is_measuring = 1;
            started = time;
            delivered_before = delivered;
            cpu_before = server_cpu();
        }
        double free_places = window - ((double)sent - (double)delivered / receivers);
        for (int i = 0; i < (int)free_places; i++) {
            say(line, &clients[next_sender]);
            next_sender = (next_sender + 1) % sender_count;
        }
        serve(1);
    }
    is_measuring = 0;
    cpu = server_cpu() - cpu_before;
    took = (double)(time - started) / (double)second;
    delivered_in = delivered - delivered_before;
    for (uint64_t last = now(), seen = delivered; (double)(now() - last) < quiet_s * (double)second;) {
        serve(50);
        if (delivered != seen) {
            seen = delivered;
            last = now();
        }
    }
    double lost = (double)sent * receivers - (double)delivered;
    printf("login_s %.2f\n", login_s);
    printf("deliveries_per_s %.0f\n", (double)delivered_in / took);
    printf("server_cpu_s %.2f\n", cpu);
    printf("deliveries_per_cpu_s %.0f\n", cpu > 0 ? (double)delivered_in / cpu : 0);
    printf("p50_us %.0f\n", percentile(0.50));
    printf("p99_us %.0f\n", percentile(0.99));
    printf("lost %.0f\n", lost);
    printf("closed %" PRIu64 "\n", gone);
    free(line);
    return lost == 0 && gone == 0 ? 0 : 1;
}

static double number(const char *name, const char *text, double least, double most)
{
    char *rest;
    double value = strtod(text, &rest);
    if (*text == 0 || *rest || !(value >= least && value <= most)) {
        fprintf(stderr, "--%s %s: a number from %g to %g is needed\n%s", name, text, least, most, usage);
        exit(2);
    }
    return value;
}

static void read_options(int argc, char **argv)
{
    static const struct option known[] = {
        { "port", 1, NULL, 'p' }, { "path", 1, NULL, 'u' }, { "pid", 1, NULL, 'i' }, { "server", 1, NULL, 'k' },
        { "clients", 1, NULL, 'c' }, { "senders", 1, NULL, 's' }, { "payload", 1, NULL, 'b' },
        { "window", 1, NULL, 'w' }, { "warm", 1, NULL, 'm' }, { "seconds", 1, NULL, 't' }, { 0 },
    };
    const char *server = "";
    int option, at = 0;
    while ((option = getopt_long(argc, argv, "", known, &at)) != -1) {
        const char *name = option == '?' ? "" : known[at].name;
        switch (option) {
        case 'p': port = (int)number(name, optarg, 1, 65535); break;
        case 'u': path = optarg; break;
        case 'i': pid = (int)number(name, optarg, 1, INT32_MAX); break;
        case 'k': server = optarg; break;
        case 'c': client_count = (int)number(name, optarg, 2, 1000000); break;
        case 's': sender_count = (int)number(name, optarg, 1, 1000000); break;
        case 'b': payload = (int)number(name, optarg, 32, 900); break;
        case 'w': window = (int)number(name, optarg, 1, 100000); break;
        case 'm': warm_s = number(name, optarg, 0, 3600); break;
        case 't': measured_s = number(name, optarg, 0.1, 3600); break;
        default: fputs(usage, stderr); exit(2);
        }
    }
    is_floor = strcmp(server, "floor") == 0;
    if (path && strlen(path) >= sizeof ((struct sockaddr_un *)NULL)->sun_path) {
        fprintf(stderr, "--path %s: it is too long for a Unix socket\n", path);
        exit(2);
    }
    if (optind != argc || (port == 0) == (path == NULL) || pid == 0 || (!is_floor && strcmp(server, "lines") != 0)) {
        fputs(usage, stderr);
        exit(2);
    }
    if (sender_count > client_count) {
        sender_count = client_count;
    }
}

int main(int argc, char **argv)
{
    read_options(argc, argv);
    clients = must(calloc((size_t)client_count, sizeof *clients));
    latencies = must(calloc(MAX_LATENCY_US + 1, sizeof *latencies));
    poller = epoll_create1(0);
    if (poller < 0) {
        fail("epoll_create1");
    }
    return measure(log_in());
}
