namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Requests of HTTP that are right or nearly right, one after the other.</summary>
internal static class HttpGrammar
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "CONNECT", "OPTIONS", "get", "GETS", "M-SEARCH", "G(T", ""];

    private static readonly string[] Targets =
        ["/", "/", "/ws", "/?a=b", "//", "/%00", "*", "http://a/", "HTTPS://a:7/x?y", "http://a", "http://a?x", "http://", "http:///",
            "http://me@a/", "http://[::1]/", "http://[::1", "a:80", "a", "[::1]:", "/#x", "/\u00e9", "ftp://a/", ""];

    private static readonly string[] Versions =
        ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.9", "HTTP/2.0", "HTTP/0.9", "http/1.1", "HTTP/1.10", "HTTP/1", "HTTP/x.y",
            "HTTP/1,1", ""];

    private static readonly string[] Ends =
        ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r\r\n", "\r", " \r\n", "\r\n ", "\r\n\t"];

    private static readonly string[] Lines =
        ["Host: a", "Host: a:80", "Host: [::1]:8", "Host:", "Host: a b", "Host: a/", "Host: a:x", "Host: a:123456", "host:\ta ", "Host : a",
            "Content-Length: 0", "Content-Length: 5", "Content-Length: 005", "Content-Length: 5, 5", "Content-Length: +5",
            "Content-Length: 5 5", "Content-Length: 999999999999999999", "Content-Length: 9999999999999999999", "Content-Length:",
            "Transfer-Encoding: chunked", "TRANSFER-ENCODING: x", "Transfer-Encoding :chunked", "Transfer-Encoding:",
            "Connection: close", "Connection: keep-alive", "Connection: x, CLOSE", "Connection: \"close, x\"", "Connection: \", close",
            "Connection: closed", "Connection: ,,Keep-Alive ,", "Connection:", "Expect: 100-continue", "Expect:", "Accept: */*", "X: \ty\t",
            "X: \u00e9", "X:y\u007f", "X\u00e9: y", ": y", "X", " X: y", "!#$%&'*+-.^_`|~: 1", "X: \u0001", "X: \"\\\""];

    /// <summary>Puts some requests.</summary>
    public static void PutRequests(FuzzRandom random, InputBuffer input)
    {
        for (var requests = random.Next(1, 4); requests > 0; requests--)
        {
            PutRequest(random, input);
        }

        if (random.OneIn(8))
        {
            Grammar.PutWord(random, input);
        }
    }

    private static void PutRequest(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(10))
        {
            input.Put(random.Pick((string[])["\r\n", "\n", "\r", "\r\n\r\n", "\n\r\n"]));
        }

        // A part that is right makes it to the parts after it.
        input.Put(random.OneIn(4) ? random.Pick(Methods) : "GET");
        input.Put(random.OneIn(30) ? random.Pick((string[])["", "  ", "\t"]) : " ");
        input.Put(random.OneIn(2) ? random.Pick(Targets) : "/");
        if (random.OneIn(40))
        {
            PutLong(random, input, random.Pick((int[])[2_048, 2_112]) + random.Next(-20, 3));
        }

        input.Put(random.OneIn(30) ? random.Pick((string[])["", "  ", "\t"]) : " ");
        input.Put(random.OneIn(4) ? random.Pick(Versions) : "HTTP/1.1");
        PutEnd(random, input);
        PutFields(random, input);
        PutEnd(random, input);
    }

    private static void PutFields(FuzzRandom random, InputBuffer input)
    {
        if (!random.OneIn(6))
        {
            input.Put("Host: a\r\n");
        }

        var fields = random.OneIn(40) ? random.Next(61, 68) : random.Next(4);
        for (var left = fields; left > 0; left--)
        {
            // One of many lines is seldom wrong, or no head with many would be right.
            if (fields < 10 || random.OneIn(60))
            {
                input.Put(random.Pick(Lines));
                PutEnd(random, input);
            }
            else
            {
                input.Put("X: y\r\n");
            }
        }

        if (random.OneIn(40))
        {
            input.Put("X: ");
            PutLong(random, input, 8_192 + random.Next(-100, 3));
            PutEnd(random, input);
        }
    }

    private static void PutEnd(FuzzRandom random, InputBuffer input) => input.Put(random.OneIn(12) ? random.Pick(Ends) : "\r\n");

    private static void PutLong(FuzzRandom random, InputBuffer input, int bytes)
    {
        Span<byte> run = stackalloc byte[256];
        run.Fill((byte)"ax("[random.Next(3)]);
        for (var left = bytes; left > 0; left -= run.Length)
        {
            input.Put(run[..Math.Min(left, run.Length)]);
        }
    }
}
