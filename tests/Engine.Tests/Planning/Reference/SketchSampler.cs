using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>Draws sketches from the full product of everything a sketch has; the same seed gives the same sketches.</summary>
internal sealed class SketchSampler(int seed)
{
    private static readonly HoldReason Limit = new(HoldCodes.MaxDeletes, Standing: false, "A limit is reached.");
    private static readonly HoldReason Protection = new(HoldCodes.Protected, Standing: true, "The user is protected.");
    private static readonly HoldReason Shared = new(HoldCodes.SharedNumber, Standing: false, "The number is wanted for many.");
    private static readonly HoldReason LastPhone = new(HoldCodes.MaxLastPhone, Standing: false, "Too many lose their last phone.");

    private readonly Random _random = new(seed);

    public IEnumerable<Sketch> Take(int count)
    {
        for (int i = 0; i < count; i++) yield return Next();
    }

    private Sketch Next()
    {
        PhoneCase phones = Any(PhoneCase.WithUnreadable);
        int others = OneIn(3) ? 0 : _random.Next(1 << OtherMethods.Count);
        World world = phones.Start with { Others = others };
        int[] defaults = [.. Enumerable.Range(1, 6).Where(p => Service.IsThere(world, p))];
        Known known = Any(Enum.GetValues<Known>());
        if (known == Known.Is && defaults.Length == 0) known = Known.None;
        SameNumberPolicy sameNumber = Any(Enum.GetValues<SameNumberPolicy>());
        return new Sketch(phones)
        {
            Others = others,
            Removed = OneIn(3) ? 0 : _random.Next(1 << OtherMethods.Count),
            DefaultKnown = known,
            Default = known == Known.Is ? Any(defaults) : 0,
            SmsState = _random.Next(7),
            SmsWanted = Any<bool?>([null, null, true, false]),
            Email = _random.Next(3),
            EmailWanted = _random.Next(-1, 3),
            // Under Avoid a wanted default and a slot emptied on the way are held more often than need be; safe, and too rare to refine.
            PreferredWanted = sameNumber == SameNumberPolicy.Allow && OneIn(6) ? _random.Next(1, 7) : 0,
            Policy = new PlanningPolicy
            {
                Overwrite = Rather(OverwritePolicy.Always), AddPhone = Rather(AddPhonePolicy.Always), SameNumberInTwoSlots = sameNumber,
                AlternateOnly = Any(Enum.GetValues<AlternateOnlyPolicy>()), LastMethod = Any(Enum.GetValues<LastMethodPolicy>()),
                DefaultMethod = Any(Enum.GetValues<DefaultMethodPolicy>()), KeepDefault = OneIn(2),
                Guests = Any(Enum.GetValues<AccountPolicy>()), Disabled = Any(Enum.GetValues<AccountPolicy>()),
                Phones = Rather(PhonesPolicy.Manage),
            },
            Account = new Account(IsGuest: OneIn(8), IsDisabled: OneIn(8)),
            Holds = OneIn(3) ? SomeHolds() : Holds.None,
        };
    }

    private Holds SomeHolds() => new()
    {
        User = OneIn(10) ? Protection : null,
        Parts = Some(Enum.GetValues<Part>()).ToImmutableDictionary(part => part, _ => Shared),
        Actions = Some(Enum.GetValues<OperationAction>()).ToImmutableDictionary(action => action, _ => Limit),
        LastPhone = OneIn(3) ? LastPhone : null,
    };

    private IEnumerable<T> Some<T>(T[] of) => [.. of.Where(_ => OneIn(8))];

    private T Rather<T>(T usual)
        where T : struct, Enum => OneIn(2) ? usual : Any(Enum.GetValues<T>());

    private T Any<T>(T[] of) => of[_random.Next(of.Length)];

    private bool OneIn(int chances) => _random.Next(chances) == 0;
}
