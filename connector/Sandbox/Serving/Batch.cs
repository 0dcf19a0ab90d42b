using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>A <c>$batch</c> (docs/graph.md#batches): up to twenty calls, parallel or in a chain, answered in any order.</summary>
internal sealed class Batch
{
    private readonly Call _outer;
    private readonly Site _site;
    private readonly List<BatchRequestItem> _items = [];

    private Batch(Call outer, Site site) => (_outer, _site) = (outer, site);

    public static Route Accepted { get; } = new("batch", RouteClass.Batch,
        static (_, _) => throw new InvalidOperationException("A batch is not handled in one piece."));

    public static Route Refused(Answer malformed) => new("batch", RouteClass.Batch, (_, _) => malformed);

    /// <summary>The refusal of a malformed batch, or null and the batch.</summary>
    public static Answer? Read(Call outer, Site site, out Batch? batch)
    {
        batch = null;
        if (outer.Method != "POST") return Refusal.Create(outer, site, site.Settings.Errors.WrongVerb, outer.Target);
        using JsonDocument? body = outer.ReadBody();
        if (body is null) return Refusal.BadRequest(outer, site, "Invalid batch payload format.");
        Batch read = new Batch(outer, site);
        if (BatchRequestItem.ReadAll(body.RootElement, site.Settings.Batch, read._items) is { } complaint)
            return Refusal.BadRequest(outer, site, complaint);
        batch = read;
        return null;
    }

    public async Task<Answer?> AnswerAsync(CallRunner runner, CancellationToken aborted)
    {
        Answer?[] answers = new Answer?[_items.Count];
        Call?[] calls = new Call?[_items.Count];
        int[] order = Order();
        if (_items.TrueForAll(i => i.DependsOn is null))
        {
            HashSet<SandboxUser> writes = new HashSet<SandboxUser>();
            await Task.WhenAll(order.Select(async place =>
            {
                Call call = calls[place] = _items[place].Call(_outer, writes);
                answers[place] = await runner.RunAsync(call, Router.Match, aborted);
            }));
        }
        else
            for (int place = 0; place < _items.Count; place++)
            {
                Call call = calls[place] = _items[place].Call(_outer, null);
                answers[place] = _items[place].DependsOn is { } on && answers[on] is not { Status: < 400 }
                    ? Refusal.Create(call, _site, 424, "FailedDependency", "The dependency of this request failed.")
                    : await runner.RunAsync(call, Router.Match, aborted);
            }
        return Written(order, answers, calls);
    }

    private Answer Written(int[] order, Answer?[] answers, Call?[] calls)
    {
        int outer = _site.Settings.Batch.OuterFailsWhenThrottled && answers.Any(a => a?.Status == 429) ? 424 : 200;
        return Answer.Object(outer, (order, answers, calls, batch: this), static (w, s) =>
        {
            w.WriteStartArray("responses");
            foreach (int place in s.order)
                if (s.answers[place] is { } answer && s.calls[place] is { } call) s.batch.Item(w, s.batch._items[place].Id, call, answer);
            w.WriteEndArray();
        });
    }

    private void Item(Utf8JsonWriter w, string id, Call call, Answer answer)
    {
        bool lower = _site.Settings.Batch.LowerCaseHeaders;
        w.WriteStartObject();
        w.WriteString("id", id);
        w.WriteNumber("status", answer.Status);
        w.WriteStartObject("headers");
        w.WriteString(lower ? "cache-control" : "Cache-Control", "no-cache");
        w.WriteString("request-id", call.RequestId);
        if (call.Headers.ClientRequestId is { } clientId) w.WriteString("client-request-id", clientId);
        bool json = true;
        foreach ((string? name, string? value) in answer.Headers)
        {
            w.WriteString(lower ? name.ToLowerInvariant() : name, value);
            json &= name != "Content-Type";
        }
        if (json && !answer.Body.IsEmpty) w.WriteString(lower ? "content-type" : "Content-Type", "application/json;odata.metadata=minimal");
        w.WriteEndObject();
        if (!answer.Body.IsEmpty)
        {
            w.WritePropertyName("body");
            if (json) w.WriteRawValue(answer.Body.Span, skipInputValidation: true);
            else w.WriteStringValue(Convert.ToBase64String(answer.Body.Span));
        }
        w.WriteEndObject();
    }

    private int[] Order()
    {
        int[] order = Enumerable.Range(0, _items.Count).ToArray();
        if (!_site.Settings.Batch.Shuffle) return order;
        lock (_site.Tenant.Sync)
            for (int i = order.Length - 1; i > 0; i--)
            {
                int j = (int)(_site.NextRandom() % (ulong)(i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }
        return order;
    }
}
