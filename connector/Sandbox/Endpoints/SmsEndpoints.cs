using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>SMS sign-in on and off (docs/graph.md#sms-sign-in).</summary>
internal static class SmsEndpoints
{
    public static Answer Enable(Call call, Site site)
    {
        (PhoneSlot slot, ErrorAnswers? errors, UserCredentials? now) = (PhoneWrites.Slot(call), site.Settings.Errors, call.User.Credentials);
        if (slot != PhoneSlot.Mobile) return Refusal.Create(call, site, errors.SmsWrongType);
        if (now.Mobile is not { } mobile) return Refusal.Create(call, site, errors.MissingMethod, slot.Id());
        if (!SmsSignIn.InScope(call.User, site.Settings)) return Refusal.Create(call, site, errors.SmsDisabledByPolicy);
        StoredSmsState state = SmsSignIn.Registered(call.User, mobile.Number, site.Tenant);
        if (state == StoredSmsState.PhoneNumberNotUnique) return Refusal.Create(call, site, errors.SmsNotUnique);
        site.Write(call, now with { Mobile = mobile with { SmsSignIn = state } });
        return Answer.NoContent();
    }

    public static Answer Disable(Call call, Site site)
    {
        (PhoneSlot slot, ErrorAnswers? errors, UserCredentials? now) = (PhoneWrites.Slot(call), site.Settings.Errors, call.User.Credentials);
        if (slot != PhoneSlot.Mobile) return Refusal.Create(call, site, errors.SmsWrongType);
        if (now.Mobile is not { } mobile) return Refusal.Create(call, site, errors.MissingMethod, slot.Id());
        StoredSmsState off = SmsSignIn.Unregistered(call.User, site.Settings);
        site.Write(call, now with { Mobile = mobile with { SmsSignIn = off } });
        return Answer.NoContent();
    }
}
