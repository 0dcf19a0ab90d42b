using System.Collections.Immutable;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>A key as a program holds it.</summary>
public sealed class KeyTextTests
{
    [Test]
    public void A_key_as_written_into_logs_has_nothing_of_its_secret()
    {
        KeyText key = KeyText.New();
        ImmutableArray<string> written = [key.ToString(), $"{key}", string.Format(null, "{0}", key), new { key }.ToString() ?? ""];
        foreach (string text in written)
        {
            Assert.That(text, Does.Contain(key.Id));
            for (int at = 0; at + 4 <= key.Secret.Length; at++) Assert.That(text, Does.Not.Contain(key.Secret.Substring(at, 4)));
        }
    }

    [Test]
    public void A_key_that_is_revealed_reads_back()
    {
        KeyText key = KeyText.New();
        Assert.That(KeyText.Read(key.Reveal()), Is.EqualTo(key));
    }
}
