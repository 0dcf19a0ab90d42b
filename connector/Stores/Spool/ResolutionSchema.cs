namespace ProvisioningConnector.Stores.Spool;

/// <summary>What the rows come to once the directory was matched, worked out by SQLite on disk.</summary>
internal static class ResolutionSchema
{
    /// <summary>
    /// resolved: how many users a row's key names, and the user when it is exactly one.
    /// named: users that several rows name. shared: numbers wanted more than once, with the number of different users; a row
    /// that resolves to no one counts by its key, one without a key by itself.
    /// </summary>
    public const string Resolve = """
        DROP TABLE IF EXISTS resolved;
        DROP TABLE IF EXISTS named;
        DROP TABLE IF EXISTS shared;

        CREATE TABLE resolved (ordinal INTEGER PRIMARY KEY, matches INTEGER NOT NULL, user INTEGER);
        INSERT INTO resolved (ordinal, matches, user)
          SELECT ordinal, matches, CASE matches WHEN 1 THEN (SELECT m.user FROM matches m WHERE m.key = r.key) END
          FROM (SELECT ordinal, key, (SELECT count(*) FROM matches m WHERE m.key = rows.key) AS matches FROM rows) r;

        CREATE TABLE named (user INTEGER PRIMARY KEY, rows INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
        INSERT INTO named (user, rows, first, last)
          SELECT user, count(*), min(ordinal), max(ordinal) FROM resolved WHERE user IS NOT NULL GROUP BY user HAVING count(*) > 1;

        CREATE TABLE shared (number BLOB PRIMARY KEY, users INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO shared (number, users)
          SELECT number, 1 FROM (SELECT mobile AS number FROM rows WHERE mobile IS NOT NULL UNION ALL SELECT alternate FROM rows WHERE alternate IS NOT NULL)
          GROUP BY number HAVING count(*) > 1;
        INSERT INTO shared (number, users)
          SELECT number, count(DISTINCT coalesce(user, key, -1 - ordinal)) FROM (
            SELECT r.mobile AS number, s.user, r.key, r.ordinal
              FROM rows r CROSS JOIN shared h ON h.number = r.mobile CROSS JOIN resolved s ON s.ordinal = r.ordinal
            UNION ALL
            SELECT r.alternate, s.user, r.key, r.ordinal
              FROM rows r CROSS JOIN shared h ON h.number = r.alternate CROSS JOIN resolved s ON s.ordinal = r.ordinal)
          WHERE true GROUP BY number
          ON CONFLICT (number) DO UPDATE SET users = excluded.users;
        """;

    /// <summary>A page of rows in source order.</summary>
    public const string Page = """
        SELECT r.ordinal, r.body, s.matches, u.body, coalesce(n.rows, CASE WHEN s.user IS NULL THEN 0 ELSE 1 END), o.place,
          max(CASE WHEN r.mobile IS NULL THEN 0 ELSE coalesce(m.users, 1) END, CASE WHEN r.alternate IS NULL THEN 0 ELSE coalesce(a.users, 1) END)
        FROM rows r
        JOIN resolved s ON s.ordinal = r.ordinal
        LEFT JOIN users u ON u.no = s.user
        LEFT JOIN named n ON n.user = s.user
        LEFT JOIN rows o ON o.ordinal = CASE WHEN r.ordinal = n.first THEN n.last ELSE n.first END
        LEFT JOIN shared m ON m.number = r.mobile
        LEFT JOIN shared a ON a.number = r.alternate
        WHERE r.ordinal > $after AND r.body IS NOT NULL
        ORDER BY r.ordinal LIMIT $page
        """;
}
