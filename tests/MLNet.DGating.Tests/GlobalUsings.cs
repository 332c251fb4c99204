global using BinaryModel = Microsoft.ML.Data.BinaryPredictionTransformer<MLNet.DGating.DGatingBinaryModelParameters>;
global using BinarySearch = MLNet.DGating.DGatingSearchResult<
    Microsoft.ML.Data.BinaryPredictionTransformer<MLNet.DGating.DGatingBinaryModelParameters>>;
global using MulticlassModel = Microsoft.ML.Data.MulticlassPredictionTransformer<MLNet.DGating.DGatingMulticlassModelParameters>;
global using RegressionKnockoffs = MLNet.DGating.DGatingKnockoffs<
    Microsoft.ML.Data.RegressionPredictionTransformer<MLNet.DGating.DGatingRegressionModelParameters>>;
global using RegressionModel = Microsoft.ML.Data.RegressionPredictionTransformer<MLNet.DGating.DGatingRegressionModelParameters>;
global using RegressionPath = MLNet.DGating.DGatingPath<
    Microsoft.ML.Data.RegressionPredictionTransformer<MLNet.DGating.DGatingRegressionModelParameters>>;
global using RegressionSearch = MLNet.DGating.DGatingSearchResult<
    Microsoft.ML.Data.RegressionPredictionTransformer<MLNet.DGating.DGatingRegressionModelParameters>>;
global using RegressionStability = MLNet.DGating.DGatingStability<
    Microsoft.ML.Data.RegressionPredictionTransformer<MLNet.DGating.DGatingRegressionModelParameters>>;
