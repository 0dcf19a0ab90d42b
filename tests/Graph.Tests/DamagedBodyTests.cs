using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Reading;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>Whatever a server or a gateway makes of a body, reading it ends in a verdict and never in an exception.</summary>
public class DamagedBodyTests
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(Rig.Phones("+1 2065550100").Replace("]}",
        """,{"@odata.type":"#microsoft.graph.fido2AuthenticationMethod","id":"é","displayName":"\u00e9"}],"@odata.nextLink":null}""",
        StringComparison.Ordinal));
    private static readonly byte[] Batch = [.. """{"responses":[{"id":"1","status":200,"headers":{"Retry-After":["1"],"x":{}},"body":"""u8,
        .. Page, .. """},{"id":"2","status":429}]}"""u8];

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void No_damage_makes_reading_fail(byte[] noise, int at, int cut)
    {
        byte[] body = Damage(Page, noise, at, cut);
        MethodsDraft draft = new(KindSets.All);
        MethodsPage.Read(body, draft);
        MethodsPage.ReadSingle(body, draft, MethodKind.QrCodePin);
        draft.Finish();
        UsersPage.TryRead(body, out _, out _, out _);
        UsersPage.ReadOne(body);
        ErrorEnvelope.Read(body);
        SmsStateJson.Read(body);
        DefaultMethodReads.Read(body);
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void Bodies_of_a_damaged_batch_lie_within_it(byte[] noise, int at, int cut)
    {
        byte[] body = Damage(Batch, noise, at, cut);
        BatchResponseItem[] items = new BatchResponseItem[2];
        BatchJson.TryRead(body, items, default);
        foreach (BatchResponseItem item in items)
        {
            Assert.That(item.Start + item.Length, Is.LessThanOrEqualTo(body.Length));
            MethodsPage.Read(body.AsMemory(item.Start, item.Length), new MethodsDraft(KindSets.All));
        }
    }

    [Test]
    public void A_cut_list_is_never_a_state([Range(0, 40)] int twentieths)
    {
        int length = Page.Length * twentieths / 41;
        MethodsDraft draft = new(KindSets.All);
        MethodsPage.Read(Page.AsMemory(0, length), draft);
        Assert.That(draft.Spoilt, Is.Not.Null);
    }

    [Test]
    public void A_byte_order_mark_moves_the_bodies_of_a_batch_but_not_what_they_say()
    {
        byte[] marked = [.. "\uFEFF"u8, .. Batch];
        BatchResponseItem[] items = new BatchResponseItem[2];
        Assert.That(BatchJson.TryRead(marked, items, default), Is.True);
        MethodsDraft draft = new(KindSets.All);
        MethodsPage.Read(marked.AsMemory(items[0].Start, items[0].Length), draft);
        Assert.That((draft.Spoilt, draft.Finish().PhoneCount, items[1].Status), Is.EqualTo(((string?)null, 1, 429)));
    }

    private static byte[] Damage(byte[] good, byte[] noise, int at, int cut)
    {
        int where = (int)((uint)at % (uint)good.Length);
        int length = (int)((uint)cut % 8);
        return [.. good[..where], .. noise, .. good[Math.Min(good.Length, where + length)..]];
    }
}
