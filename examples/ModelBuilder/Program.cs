// This project is what Model Builder makes: a consumption file, a training file, and a program that shows how they are used.
// The model itself is not in the repository, so the first run trains it.
using System.Globalization;
using TaxiFare_Model;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string model = Path.Combine(AppContext.BaseDirectory, "TaxiFare.zip");
if (!File.Exists(model))
{
    Console.WriteLine("Training TaxiFare.zip...");
    TaxiFare.Train(model, Path.Combine(AppContext.BaseDirectory, TaxiFare.RetrainFilePath));
}

// Create single instance of sample data from first line of dataset for model input
TaxiFare.ModelInput sampleData = new()
{
    Rate_code = 1F,
    Trip_time_in_secs = 1271F,
    Trip_distance = 3.8F,
};

Console.WriteLine("Using model to make single prediction -- Comparing actual Fare_amount with predicted Fare_amount from sample data...");
Console.WriteLine();
Console.WriteLine($"Rate_code: {sampleData.Rate_code}");
Console.WriteLine($"Trip_time_in_secs: {sampleData.Trip_time_in_secs}");
Console.WriteLine($"Trip_distance: {sampleData.Trip_distance}");
Console.WriteLine("Fare_amount: 17.5");

TaxiFare.ModelOutput predictionResult = TaxiFare.Predict(sampleData);
Console.WriteLine();
Console.WriteLine($"Predicted Fare_amount: {predictionResult.Score:f2}");

// The file has six columns besides the fare; the model reads three, and nothing asks for the others.
Console.WriteLine($"Columns that are read: {typeof(TaxiFare.ModelInput).GetProperties().Length}");
