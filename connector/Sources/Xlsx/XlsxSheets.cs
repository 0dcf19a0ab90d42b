using ExcelDataReader;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>Chooses a sheet: the one with the given name, else the first one that a person sees.</summary>
internal static class XlsxSheets
{
    private const int NamesTold = 10;

    public static void Choose(IExcelDataReader workbook, string? name, Place place)
    {
        List<string> names = new List<string>();
        do
        {
            if (name is null ? workbook.VisibleState == "visible" : string.Equals(workbook.Name, name, StringComparison.OrdinalIgnoreCase)) return;
            names.Add(workbook.Name);
        }
        while (workbook.NextResult());

        if (name is not null || names.Count == 0)
        {
            throw new SourceException(FileFaults.SheetMissing(place, string.Join(", ", names.Take(NamesTold).Select(known => $"'{known}'"))));
        }

        workbook.Reset();
    }
}
