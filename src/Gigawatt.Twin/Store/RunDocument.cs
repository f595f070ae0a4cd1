namespace Gigawatt.Store;

/// <summary>Adds to a finished run what is made of it afterwards, such as its report.</summary>
public static class RunDocument
{
    /// <summary>Keeps a text in a run file under a name; a text of the same name is replaced.</summary>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public static void Add(string path, string name, string text)
    {
        using Database database = Database.OpenForWriting(path);
        database.Execute("begin");
        RunTables.WriteDocument(database, name, text);
        database.Execute("commit");
    }
}
