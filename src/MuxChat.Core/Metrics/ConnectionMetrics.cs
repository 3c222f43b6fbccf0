namespace MuxChat.Core.Metrics;

/// <summary>The figures of connections, of their bytes, and of the clients that must wait; a group of <see cref="MetricSet"/>.</summary>
public sealed class ConnectionMetrics
{
    internal ConnectionMetrics() => All =
    [
        Clients, Waiting, OutboxBytes, Accepted, Refused, Disconnects, SlowConsumers, FloodPauses, OutputPauses, Frames, BytesReceived,
        BytesSent, Handshakes, CertificateExpiry,
    ];

    /// <summary>The rows.</summary>
    public IReadOnlyList<Metric> All { get; }

    /// <summary>Connections now, by the name of their protocol, or as <c>unknown</c> before the client has shown one.</summary>
    public MetricFamily Clients { get; } = new(new("muxchat_clients"), MetricKind.Gauge, "protocol",
        [
            "unknown", "line", "frame", "irc", "utf", "upload", "exec", "echo", "upper", "echo+utf", "upper+utf", "http", "web", "admin",
            "loop",
        ],
        "Connections now, by the protocol that they speak.");

    /// <summary>Clients that are slow or paused now, by reason.</summary>
    public MetricFamily Waiting { get; } = new(new("muxchat_clients_waiting"), MetricKind.Gauge, "reason",
        ["slow", "flood", "output"],
        "Clients that do not keep up (slow), that flood control pauses, or whose commands wait for room in their outbox (output).");

    /// <summary>Bytes queued for all clients now.</summary>
    public Gauge OutboxBytes { get; } = new(new("muxchat_outbox_bytes", "bytes"),
        "Bytes queued for clients now. Bytes that several outboxes share count once for each.");

    /// <summary>Connections accepted and admitted since the start.</summary>
    public Counter Accepted { get; } = new(new("muxchat_connections_accepted_total"), "Connections admitted since the start.");

    /// <summary>Connections turned away since the start, by reason.</summary>
    public MetricFamily Refused { get; } = new(new("muxchat_connections_refused_total"), MetricKind.Counter, "reason",
        ["server_full", "too_many_connections", "connect_rate", "internal_error", "no_descriptors"],
        "Connections turned away since the start. With no descriptors left, each pause of accepting counts once.");

    /// <summary>Connections closed since the start, by reason, in the order of the reasons after <c>None</c>.</summary>
    public MetricFamily Disconnects { get; } = new(new("muxchat_disconnects_total"), MetricKind.Counter, "reason",
        [
            "quit", "end_of_input", "reset", "slow_consumer", "output_cap", "idle_timeout", "login_timeout", "frame_overrun",
            "protocol_errors", "spoke_http", "spoke_tls", "handshake_failed", "handshake_timeout", "spoke_proxy", "address_limit",
            "gateway_refused", "http_done", "http_refused", "http_head_timeout", "http_idle", "upload_stalled", "upload_refused",
            "web_socket_closed", "web_socket_error", "server_stopping", "killed", "wrong_password", "internal_error",
        ],
        "Connections closed since the start, by reason.");

    /// <summary>Slow consumers closed since the start.</summary>
    public Counter SlowConsumers { get; } = new(new("muxchat_slow_consumers_cut_total"),
        "Clients closed since the start because they did not read what was sent to them.");

    /// <summary>How often flood control paused a client.</summary>
    public Counter FloodPauses { get; } = new(new("muxchat_flood_pauses_total"),
        "Pauses since the start of reading from one client, for flood control, for a long answer, or for a slow disk.");

    /// <summary>How often a client's commands waited for its outbox.</summary>
    public Counter OutputPauses { get; } = new(new("muxchat_output_pauses_total"),
        "Pauses since the start of the commands of one client, until its outbox had room.");

    /// <summary>Lines and frames received, whatever they contain.</summary>
    public Counter Frames { get; } = new(new("muxchat_frames_received_total"),
        "Lines and frames received since the start, whatever they contain.");

    /// <summary>Bytes received from clients.</summary>
    public Counter BytesReceived { get; } = new(new("muxchat_received_bytes_total", "bytes"),
        "Bytes received from clients since the start, without the cipher of TLS.");

    /// <summary>Bytes sent to clients.</summary>
    public Counter BytesSent { get; } = new(new("muxchat_sent_bytes_total", "bytes"),
        "Bytes sent to clients since the start, without the cipher of TLS.");

    /// <summary>Openings of connections that ended, by outcome: TLS handshakes, and PROXY headers.</summary>
    public MetricFamily Handshakes { get; } = new(new("muxchat_handshakes_total"), MetricKind.Counter, "outcome",
        ["completed", "failed", "timed_out"],
        "TLS handshakes and PROXY headers that ended since the start. A client that went away before counts for none.");

    /// <summary>The earliest end of a certificate in use, since 1970-01-01 UTC. Without TLS it has no sample.</summary>
    public Gauge CertificateExpiry { get; } = new(new("muxchat_certificate_expiration_timestamp_seconds", "ms"),
        "When the first of the certificates in use expires, since 1970-01-01 UTC. Only with `--tls-cert`.")
    { IsOptional = true };
}
