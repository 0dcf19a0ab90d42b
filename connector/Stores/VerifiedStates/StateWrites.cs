using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>What is written of verified states. Called inside a transaction, by one writer at a time.</summary>
internal sealed class StateWrites(DbConnection connection, ValueEncryption vault)
{
    /// <summary>The number that stands for a tenant, made when it is new.</summary>
    public long Tenant(string tenant)
    {
        using DbCommand command = connection.Statement(
            "INSERT INTO state_tenants (tenant_id) VALUES (@tenant) ON CONFLICT (tenant_id) DO UPDATE SET tenant_id = excluded.tenant_id RETURNING no",
            "@tenant").With(tenant);
        return command.ExecuteScalar() is long no ? no : throw new InvalidOperationException("A tenant got no number.");
    }

    /// <summary>Signs are left alone; so are our own writes where the new state has none.</summary>
    public void Save(long tenant, ImmutableArray<VerifiedState> states)
    {
        using DbCommand command = connection.Statement(
            """
            INSERT INTO verified_states (tenant, uid, settled, row_digest, rules_digest, presence, verified_at, own_from, own_until, parts, basis, attempted,
              held)
            VALUES (@tenant, @uid, @settled, @row, @rules, @presence, @verified, @from, @until, @none, @basis, @attempted, @held)
            ON CONFLICT (tenant, uid) DO UPDATE SET
              settled = excluded.settled, row_digest = excluded.row_digest, rules_digest = excluded.rules_digest, presence = excluded.presence,
              verified_at = excluded.verified_at, own_from = coalesce(excluded.own_from, verified_states.own_from),
              own_until = coalesce(excluded.own_until, verified_states.own_until),
              parts = excluded.parts, basis = excluded.basis, attempted = excluded.attempted, held = excluded.held
            """,
            "@tenant", "@uid", "@settled", "@row", "@rules", "@presence", "@verified", "@from", "@until", "@none", "@basis", "@attempted",
            "@held");
        foreach (VerifiedState state in states)
        {
            command.With(
                tenant, vault.Digest(state.Uid), state.IsSettled ? 1 : 0, state.Row.ToBytes(), state.Rules.ToBytes(), (int)state.Presence,
                state.VerifiedAt.UtcTicks, StateColumns.Ticks(state.Own?.From), StateColumns.Ticks(state.Own?.Until),
                Array.Empty<byte>(), StateColumns.Write(state.Parts), (long)state.Attempted, StateColumns.Write(state.Held)).ExecuteNonQuery();
        }

        Name(tenant, states, "ON CONFLICT (tenant, name) DO NOTHING", static s => !s.TakesName);
        Name(tenant, states, "ON CONFLICT (tenant, name) DO UPDATE SET uid = excluded.uid WHERE source_names.uid <> excluded.uid", static s => s.TakesName);
    }

    /// <summary>The values are not to be judged by until a state is saved again.</summary>
    public void Attempt(long tenant, ImmutableArray<AttemptedUser> users)
    {
        using DbCommand command = connection.Statement(
            "UPDATE verified_states SET settled = 0, attempted = attempted | @values WHERE tenant = @tenant AND uid = @uid", "@tenant", "@uid", "@values");
        foreach ((string uid, ManagedValues values) in users) command.With(tenant, vault.Digest(uid), (long)values).ExecuteNonQuery();
    }

    public void Unsettle(long tenant, ImmutableArray<string> uids)
    {
        using DbCommand command = connection.Statement("UPDATE verified_states SET settled = 0 WHERE tenant = @tenant AND uid = @uid", "@tenant", "@uid");
        foreach (string uid in uids) command.With(tenant, vault.Digest(uid)).ExecuteNonQuery();
    }

    public void Note(long tenant, ImmutableArray<SignedUser> users)
    {
        using DbCommand command = connection.Statement(
            "UPDATE verified_states SET touched_at = @touched, doubted_at = @doubted, doubt = @doubt WHERE tenant = @tenant AND uid = @uid",
            "@tenant", "@uid", "@touched", "@doubted", "@doubt");
        foreach ((string uid, OutsideSigns signs) in users)
        {
            command.With(tenant, vault.Digest(uid), StateColumns.Ticks(signs.TouchedAt), StateColumns.Ticks(signs.DoubtedAt), (int?)signs.Doubt)
                .ExecuteNonQuery();
        }
    }

    public void KeepAuditRead(long tenant, DateTimeOffset at)
    {
        using DbCommand command = connection.Statement("UPDATE state_tenants SET audit_read_at = @at WHERE no = @tenant", "@tenant", "@at")
            .With(tenant, at.UtcTicks);
        command.ExecuteNonQuery();
    }

    public void Forget(long tenant)
    {
        foreach (string statement in new[] { "DELETE FROM verified_states WHERE tenant = @tenant",
            "DELETE FROM source_names WHERE tenant = @tenant", "UPDATE state_tenants SET audit_read_at = NULL WHERE no = @tenant" })
        {
            using DbCommand command = connection.Statement(statement, "@tenant").With(tenant);
            command.ExecuteNonQuery();
        }
    }

    private void Name(long tenant, ImmutableArray<VerifiedState> states, string otherwise, Func<VerifiedState, bool> which)
    {
        using DbCommand command = connection.Statement($"INSERT INTO source_names (tenant, name, uid) VALUES (@tenant, @name, @uid) {otherwise}",
            "@tenant", "@name", "@uid");
        foreach (VerifiedState state in states)
        {
            if (state.Name is { } name && which(state)) command.With(tenant, vault.Digest(name), vault.Digest(state.Uid)).ExecuteNonQuery();
        }
    }
}
