using System.Net;
using System.Net.Sockets;
using System.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>The HTTP stack itself repeats requests that it takes for harmless; a write must
/// reach the service once at most. Only real sockets show it.</summary>
public class RealSocketTests
{
    private static readonly Operation[] Writes =
    [
        Some.Add(), Some.Update(), Some.Delete(), new Operation.SwitchSmsSignIn(true, default, Some.Reason),
    ];

    [Test]
    public async Task A_write_on_a_connection_that_ends_without_an_answer_is_sent_once_and_ambiguous(
        [ValueSource(nameof(Writes))] Operation operation, [Values] bool keptConnection)
    {
        await using Service service = new(keptConnection ? 1 : 0, Then.Close);
        using Rig rig = service.Rig();
        if (keptConnection) Assert.That(await rig.Writer.SendAsync(Rig.Uid, operation, default), Is.InstanceOf<WriteAnswer.Accepted>());
        WriteAnswer answer = await rig.Writer.SendAsync(Rig.Uid, operation, default);
        Assert.That(answer, Is.InstanceOf<WriteAnswer.Ambiguous>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.ConnectionBroken));
        Assert.That(service.Requests, Is.EqualTo(keptConnection ? 2 : 1));
    }

    [Test]
    public async Task A_refused_connection_means_that_nothing_was_sent([ValueSource(nameof(Writes))] Operation operation)
    {
        Uri closed;
        await using (Service service = new(0, Then.Close)) closed = service.Address;
        using Rig rig = new(null, options => options with { Endpoint = closed });
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, operation, default),
            Is.InstanceOf<WriteAnswer.NotSent>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.NoConnection));
    }

    [Test]
    public async Task A_write_that_is_answered_with_a_cut_body_is_ambiguous()
    {
        await using Service service = new(0, Then.CutBody);
        using Rig rig = service.Rig();
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, Some.Add(), default), Is.InstanceOf<WriteAnswer.Ambiguous>());
        Assert.That(service.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_read_is_repeated_until_it_is_whole()
    {
        await using Service service = new(0, Then.CutBody);
        using Rig rig = service.Rig();
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>());
        Assert.That(service.Requests, Is.EqualTo(4));
    }

    [Test]
    public async Task After_a_503_the_next_try_uses_a_new_connection()
    {
        await using Service service = new(0, Then.Unavailable);
        using Rig rig = service.Rig();
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>());
        Assert.That((service.Requests, service.Connections), Is.EqualTo((4, 2)), "one renewal within five seconds");
    }

    [Test]
    public async Task A_redirect_to_another_host_is_refused_and_that_host_sees_nothing(
        [Values(301, 302, 303, 307, 308)] int status, [ValueSource(nameof(Writes))] Operation operation)
    {
        await using SocketServer other = new();
        await using SocketServer service = new() { Answer = new(status) { Headers = $"Location: {other.Address}v1.0/users/x\r\n" } };
        using Rig rig = service.Rig();
        Assert.That(await rig.Writer.SendAsync(Rig.Uid, operation, default), Is.Not.InstanceOf<WriteAnswer.Accepted>());
        Assert.That((service.TakeRequests(), other.TakeRequests()), Is.EqualTo((1, 0)));
        Assert.That(await rig.ReadOneAsync(), Is.InstanceOf<MethodsReading.Failed>());
        Assert.That(other.TakeRequests(), Is.Zero);
    }

    private enum Then
    {
        Unavailable,
        Close,
        CutBody,
    }

    /// <summary>Answers the first requests well, then misbehaves.</summary>
    private sealed class Service : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _life;
        private readonly int _good;
        private readonly Then _then;
        private int _requests;
        private int _connections;

        public Service(int good, Then then)
        {
            (_good, _then) = (good, then);
            _listener.Start();
            Address = new Uri($"http://{_listener.LocalEndpoint}");
            _life = AcceptAsync();
        }

        public Uri Address { get; }

        public int Connections => Volatile.Read(ref _connections);

        public int Requests => Volatile.Read(ref _requests);

        public Rig Rig() => new(null, options => options with { Endpoint = Address });

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _life;
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
            {
                // Stopped.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            Interlocked.Increment(ref _connections);
            using (client)
            {
                NetworkStream stream = client.GetStream();
                while (await ReadRequestAsync(stream))
                {
                    if (Interlocked.Increment(ref _requests) <= _good)
                    {
                        await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
                        continue;
                    }

                    if (_then == Then.Unavailable)
                    {
                        await stream.WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                        continue;
                    }

                    if (_then == Then.CutBody) await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"value\":["u8.ToArray());
                    return;
                }
            }
        }

        private static async Task<bool> ReadRequestAsync(NetworkStream stream)
        {
            StringBuilder text = new();
            byte[] buffer = new byte[4096];
            while (true)
            {
                int read = await stream.ReadAsync(buffer);
                if (read == 0) return false;
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
                string all = text.ToString();
                int end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end < 0) continue;
                string? length = all[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                if (all.Length - end - 4 >= (length is null ? 0 : int.Parse(length[15..]))) return true;
            }
        }
    }
}
