using System.Text.Json.Nodes;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Sources.Sql;

namespace ProvisioningConnector.Composition.Tests.Configuration;

/// <summary>Sources of kind Sql in the configuration.</summary>
public sealed class SqlSourceSettingsTests
{
    private const string Marker = "s3cretMarker";

    [TestCase("SqlServer", "Server=db", "PostgreSql or Sqlite")]
    [TestCase("1", "Host=db", "PostgreSql or Sqlite")]
    [TestCase("PostgreSql", "Database=hr", "names no host")]
    [TestCase("PostgreSql", "Host=db;Password=a;" + Marker + "=b", "cannot be read")]
    [TestCase("PostgreSql", "Host=db;Port=" + Marker, "cannot be read")]
    [TestCase("Sqlite", "Host=" + Marker, "cannot be read")]
    [TestCase("Sqlite", "Data Source=:memory:", "names no file")]
    [TestCase("Sqlite", "Data Source=hr.db;Password=" + Marker, "password")]
    public void What_cannot_be_asked_is_reported_without_its_connection_string(string provider, string connection, string reported)
    {
        SettingsException problem = Assert.Throws<SettingsException>(() => Read(provider, connection))!;

        Assert.That(problem.Message, Does.Contain("Sources:hr:").And.Contain(reported).And.Not.Contain(Marker));
    }

    [Test]
    public void A_setting_of_the_other_kind_is_reported() =>
        Assert.That(() => Read("Sqlite", "Data Source=hr.db", ("Path", "people.csv")),
            Throws.InstanceOf<SettingsException>().With.Message.Contains("Sources:hr:Path"));

    [Test]
    public void A_query_prints_neither_connection_string_nor_text()
    {
        SourceSettings source = Read("postgresql", $"Host=db;Database=hr;Password={Marker}");

        Assert.That(source.ToString(), Does.Not.Contain(Marker).And.Contain("db:5432/hr"));
        Assert.That((source.Query?.Provider, source.Query?.Patience),
            Is.EqualTo(((SqlProvider?)SqlProvider.PostgreSql, (TimeSpan?)SourceReading.StandardPatience)));
    }

    [Test]
    public void A_relative_file_is_relative_to_the_file_that_names_it() =>
        Assert.That(Read("Sqlite", "Data Source=hr.db").Query?.Database, Is.EqualTo(Path.Combine(Path.GetTempPath(), "hr.db")));

    private static SourceSettings Read(string provider, string connection, params (string Key, string Value)[] more)
    {
        JsonObject source = new() { ["Kind"] = "Sql", ["Provider"] = provider, ["ConnectionString"] = connection, ["Query"] = "SELECT 1" };
        foreach ((string key, string value) in more) source[key] = value;
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(file, new JsonObject { ["Sources"] = new JsonObject { ["hr"] = source } }.ToJsonString());
            return SettingsFile.Read(file).Sources["hr"];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
