using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Evidence.Secrets;

/// <summary>Passwords that this program makes, and what hides them.</summary>
public sealed class PasswordMakingTests
{
    [Test]
    public void A_password_has_the_length_asked_for_and_every_class_of_its_alphabet()
    {
        Random chance = new(1);
        foreach (int length in (int[])[PasswordPolicy.Shortest, 20, PasswordPolicy.Longest])
        {
            for (int i = 0; i < 200; i++)
            {
                string made = PasswordMaking.Make(new PasswordPolicy(length), chance.Next).Reveal();
                Assert.That(made, Has.Length.EqualTo(length));
                Assert.That(made.All(c => PasswordPolicy.Readable.Contains(c, StringComparison.Ordinal)), Is.True);
                Assert.That((made.Any(char.IsAsciiLetterLower), made.Any(char.IsAsciiLetterUpper),
                    made.Any(char.IsAsciiDigit), made.Any(c => !char.IsAsciiLetterOrDigit(c))), Is.EqualTo((true, true, true, true)));
            }
        }
    }

    [Test]
    public void Every_character_can_stand_at_every_place()
    {
        Random chance = new(2);
        HashSet<(int, char)> seen = [];
        PasswordPolicy policy = new(PasswordPolicy.Shortest, "abcdABCD01234567");
        for (int i = 0; i < 5_000; i++)
        {
            string made = PasswordMaking.Make(policy, chance.Next).Reveal();
            for (int at = 0; at < made.Length; at++) seen.Add((at, made[at]));
        }

        Assert.That(seen, Has.Count.EqualTo(PasswordPolicy.Shortest * 16));
    }

    [TestCase(11, PasswordPolicy.Readable, "Length")]
    [TestCase(257, PasswordPolicy.Readable, "Length")]
    [TestCase(20, "abc123ABC", "Alphabet")]
    [TestCase(20, "abcdefghijklmnopqrstuvwxyz", "Alphabet")]
    [TestCase(20, "abcdefghABCDEFGH12345678 ", "Alphabet")]
    [TestCase(20, "abcdefghABCDEFGH12345678é", "Alphabet")]
    public void A_policy_whose_passwords_could_be_guessed_or_refused_is_reported(int length, string alphabet, string setting) =>
        Assert.That(new PasswordPolicy(length, alphabet).Problems().Select(p => p.Key), Is.Not.Empty.And.All.EqualTo(setting));

    [Test]
    public void The_standard_policy_has_no_problem() => Assert.That(new PasswordPolicy().Problems(), Is.Empty);

    [Test]
    public void Nothing_that_writes_values_down_writes_a_secret_down()
    {
        SecretEnvelope envelope = new(Secret.From("marker"));
        envelope.Put(new Operation.ResetPassword(Reason.Requested), Secret.From("marker"));

        Assert.That($"{envelope} {envelope.Given} {System.Text.Json.JsonSerializer.Serialize(envelope)} "
            + $"{System.Text.Json.JsonSerializer.Serialize(envelope.Given)}", Does.Not.Contain("marker"));
    }

    [Test]
    public void What_an_envelope_holds_is_handed_out_once()
    {
        SecretEnvelope envelope = new();
        Operation operation = new Operation.IssuePass(null, null, null, Reason.Requested);
        envelope.Put(operation, Secret.From("pass"));

        Assert.That((envelope.Take(operation)?.Reveal(), envelope.Take(operation)), Is.EqualTo(("pass", (Secret?)null)));
    }
}
