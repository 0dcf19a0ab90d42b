using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>The reference model finds the figures of docs/safety.md#proofs by itself, so the laws are judged over the right states.</summary>
public sealed class EnumerationTests
{
    private static readonly ShortestPlan Search = new();

    private static PhoneCase[] Managed => [.. PhoneCase.All.Where(c => c.IsFullyManaged)];

    [Test]
    public void There_are_1362_states_up_to_renaming_of_numbers() => Assert.That(PhoneCase.All, Has.Length.EqualTo(1362));

    [Test]
    public void Of_726_fully_managed_states_602_have_a_legal_goal()
    {
        Assert.That(Managed, Has.Length.EqualTo(726));
        Assert.That(Managed.Count(c => c.Goal.IsLegal), Is.EqualTo(602));
    }

    [Test]
    public void Shortest_plans_have_0_to_3_operations_for_12_80_235_275_states_and_always_one_per_differing_slot()
    {
        PhoneCase[] legal = [.. Managed.Where(c => c.Goal.IsLegal)];
        Assert.That(Lengths(legal, new SearchLaws(Avoid: false)), Is.EqualTo(new[] { (0, 12), (1, 80), (2, 235), (3, 275) }));
        Assert.That(legal, Has.All.Matches<PhoneCase>(c => Search.Length(c.Start, c.Goal, new SearchLaws(Avoid: false)) == c.DifferingSlots));
    }

    [Test]
    public void Without_doubles_222_states_of_which_173_are_legal_need_up_to_4_operations_and_14_need_one_more_than_differing_slots()
    {
        PhoneCase[] single = [.. Managed.Where(c => !c.Start.HasDouble && !c.Goal.HasDouble)];
        PhoneCase[] legal = [.. single.Where(c => c.Goal.IsLegal)];
        SearchLaws noLockoutRule = new(Avoid: true, KeepsMethods: false);
        Assert.That(single, Has.Length.EqualTo(222));
        Assert.That(legal, Has.Length.EqualTo(173));
        Assert.That(legal.Max(c => Search.Length(c.Start, c.Goal, noLockoutRule)), Is.EqualTo(4));
        Assert.That(legal.Count(c => Search.Length(c.Start, c.Goal, noLockoutRule) == c.DifferingSlots + 1), Is.EqualTo(14));
        Assert.That(legal.Count(c => Search.Length(c.Start, c.Goal, noLockoutRule) == c.DifferingSlots), Is.EqualTo(173 - 14));
    }

    [Test]
    public void Under_Avoid_only_the_move_of_an_only_number_between_mobile_and_office_cannot_keep_one_phone()
    {
        PhoneCase[] impossible = [.. Managed.Where(c => !c.Start.HasDouble && !c.Goal.HasDouble && c.Goal.IsLegal
            && Search.Length(c.Start, c.Goal, new SearchLaws(Avoid: true)) == ShortestPlan.Impossible)];
        Assert.That(impossible, Is.EquivalentTo(new[] { new PhoneCase((1, 0, 0), (0, 0, 1)), new PhoneCase((0, 0, 1), (1, 0, 0)) }));
    }

    private static (int Length, int Count)[] Lengths(PhoneCase[] cases, SearchLaws laws) =>
        [.. cases.CountBy(c => Search.Length(c.Start, c.Goal, laws)).OrderBy(p => p.Key).Select(p => (p.Key, p.Value))];
}
