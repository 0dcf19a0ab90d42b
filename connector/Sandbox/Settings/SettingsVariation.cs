namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>
/// Tenants that differ in everything that docs/graph.md marks as unknown: statuses and bodies of refusals, spelling of numbers, what becomes
/// the default. A client that is right works with every seed; what is verified never varies.
/// </summary>
public static class SettingsVariation
{
    /// <summary>The settings with the unknown varied by <paramref name="seed"/>; the same seed gives the same tenant.</summary>
    public static SandboxSettings Vary(this SandboxSettings settings, int seed)
    {
        SettingsVariation.Dice dice = new Dice(seed);
        return settings with
        {
            NumbersReturned = dice.Of(NumberSpelling.WithSpace, NumberSpelling.WithSpace, NumberSpelling.WithoutSpace, NumberSpelling.AsSent),
            NumberWithoutSpace = dice.Of(Tolerance.Accept, Tolerance.Refuse),
            Punctuation = dice.Of(Tolerance.Accept, Tolerance.Refuse),
            MobileExtension = dice.Of(Tolerance.Accept, Tolerance.Refuse),
            TrunkZero = dice.Of(TrunkZero.Keep, TrunkZero.Strip, TrunkZero.Refuse),
            OtherTypeInPatch = dice.Of(Tolerance.Accept, Tolerance.Refuse),
            InvalidEmail = dice.Of(Tolerance.Accept, Tolerance.Refuse),
            BetaPut = dice.Of(true, false),
            FirstPhoneBecomesDefault = dice.Of(FirstPhoneDefault.WhenNone, FirstPhoneDefault.Never, FirstPhoneDefault.Always),
            PatchMovesDefault = dice.Of(true, false),
            PreferenceForMissingMethod = dice.Of(Tolerance.Accept, Tolerance.Refuse),
            MethodsPageSize = dice.Of<int?>(null, null, 2),
            TypeInTypedCollections = dice.Of(true, false),
            CreatedDateTime = dice.Of(true, false),
            Batch = settings.Batch with { Shuffle = dice.Of(true, true, false), LowerCaseHeaders = dice.Of(true, false),
                SameDependency = dice.Of(Tolerance.Accept, Tolerance.Refuse) },
            Errors = Vary(settings.Errors, dice),
        };
    }

    private static ServiceErrors Vary(ServiceErrors errors, Dice dice) => errors with
    {
        BadNumber = Refused(errors.BadNumber, dice, 400, 422),
        OccupiedType = Refused(errors.OccupiedType, dice, 400, 409),
        AlternateWithoutMobile = Refused(errors.AlternateWithoutMobile, dice, 400, 404, 409),
        MobileUnderAlternate = Refused(errors.MobileUnderAlternate, dice, 400, 409) with { Message = errors.MobileUnderAlternate.Message },
        DefaultMethod = dice.Of(errors.DefaultMethod,
            new(400, "badRequest", "Cannot delete default method with other methods configured. Please change default method before deletion.")),
        MissingUser = errors.MissingUser with { Code = dice.Of("resourceNotFound", "Request_ResourceNotFound", "itemNotFound", "UnknownError"),
            Message = dice.Of(errors.MissingUser.Message, "") },
        MissingMethod = errors.MissingMethod with { Code = dice.Of("resourceNotFound", "itemNotFound", "notFound"),
            Message = dice.Of(errors.MissingMethod.Message, "") },
        OtherType = Refused(errors.OtherType, dice, 400, 409, 422),
        SameNumber = Refused(errors.SameNumber, dice, 400, 409),
        InvalidEmail = Refused(errors.InvalidEmail, dice, 400, 422),
        SecondEmail = Refused(errors.SecondEmail, dice, 400, 409),
        SmsDisabledByPolicy = errors.SmsDisabledByPolicy with { Status = dice.Of(400, 403) },
        MissingPreference = Refused(errors.MissingPreference, dice, 400, 404, 409),
        NoRoute = errors.NoRoute with { Status = dice.Of(400, 404) },
        WrongVerb = dice.Of(errors.WrongVerb, errors.NoRoute),
    };

    // Most often the generic code; the message may say much or nothing (docs/graph.md#error-envelope).
    private static ServiceError Refused(ServiceError known, Dice dice, params int[] statuses) =>
        new(dice.Of(statuses), dice.Of("badRequest", "badRequest", known.Code, "invalidRequest"),
            dice.Of(known.Message, "The request could not be processed.", ""));

    private sealed class Dice(int seed)
    {
        private ulong _state = DerivedId.Mix((ulong)seed + 0x5EED);

        public T Of<T>(params ReadOnlySpan<T> choices)
        {
            _state = DerivedId.Mix(_state);
            return choices[(int)(_state % (ulong)choices.Length)];
        }
    }
}
