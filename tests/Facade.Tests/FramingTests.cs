using System.Text;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>A request that can end in two places carries no second one past a proxy that sees the other end (docs/threat-model.md#requests).</summary>
public sealed class FramingTests
{
    private const string Second = "GET /openidm/info/ping HTTP/1.1\r\nHost: localhost\r\n";
    private static readonly string Longer = Second.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Lines of the head, and the body; behind the body stands a second request.</summary>
    private static readonly (string What, string Head, string Body)[] Ambiguous =
    [
        ("a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
        ("a length that reaches over the end of chunks", $"Content-Length: {Longer}\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ("two lengths", "Content-Length: 0\r\nContent-Length: 5\r\n", "12345"),
        ("two lengths in one line", "Content-Length: 0, 5\r\n", "12345"),
        ("a negative length", "Content-Length: -5\r\n", "12345"),
        ("a length in another base", "Content-Length: 0x5\r\n", "12345"),
        ("a length beyond 64 bits", "Content-Length: 18446744073709551621\r\n", "12345"),
        ("a blank before the colon", "Content-Length : 5\r\n", "12345"),
        ("a blank before the colon of chunks", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
        ("an unknown coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        ("chunks that are not the last coding", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
        ("two codings in two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"),
        ("a folded line", "X-One: 1\r\n Content-Length: 5\r\n", "12345"),
        ("a line that ends with LF alone", "X-One: 1\nContent-Length: 5\r\n", "12345"),
        ("a line that ends with CR alone", "X-One: 1\rContent-Length: 5\r\n", "12345"),
        ("a NUL", "X-One: 1\0\r\nContent-Length: 5\r\n", "12345"),
        ("a line without a colon", "Content-Length 5\r\n", "12345"),
        ("a negative chunk", "Transfer-Encoding: chunked\r\n", "-1\r\n\r\n0\r\n\r\n"),
        ("a chunk in another base", "Transfer-Encoding: chunked\r\n", "0x1\r\na\r\n0\r\n\r\n"),
        ("a chunk beyond 64 bits", "Transfer-Encoding: chunked\r\n", "10000000000000001\r\na\r\n0\r\n\r\n"),
        ("a chunk that ends with LF alone", "Transfer-Encoding: chunked\r\n", "1\na\n0\n\n"),
        ("an extension that ends with LF alone", "Transfer-Encoding: chunked\r\n", "1;x\na\r\n0\r\n\r\n"),
        ("two hosts", "Host: evil.example\r\nContent-Length: 5\r\n", "12345"),
    ];

    [Test]
    public async Task Two_ways_to_end_a_request_give_one_answer_at_most()
    {
        await using Rig rig = await Rig.StartAsync(""" "RequestTimeout": "00:00:01", "ReplyWithin": "00:00:00.500" """);
        KeyText key = await rig.KeyAsync();
        Assert.That(Count(await SendAsync(rig, key, "Content-Length: 5\r\n", "12345")), Is.EqualTo(2), "what has one end is followed by the next");

        foreach ((string what, string head, string body) in Ambiguous)
        {
            string answers = await SendAsync(rig, key, head, body);
            Assert.That(Count(answers), Is.EqualTo(1), $"{what}: {answers}");
            Assert.That(answers, Does.StartWith("HTTP/1.1 4"), what);
        }

        Assert.That((await rig.AskAsync(key)).Status, Is.EqualTo(200));
    }

    private static int Count(string answers) => answers.Split("HTTP/1.1 ").Length - 1;

    private static Task<string> SendAsync(Rig rig, KeyText key, string head, string body)
    {
        (string name, string value) = Rig.Bearer(key);
        string request = $"PUT /openidm/system/one/user/ada@contoso.com HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + $"{name}: {value}\r\n{head}\r\n{body}{Second}{name}: {value}\r\nConnection: close\r\n\r\n";
        return RawHttp.ExchangeAsync(new Uri(rig.Server.Addresses[0]).Port, Encoding.Latin1.GetBytes(request), isAll: false);
    }
}
