# Writes data sets that R packages ship as csv files, for `-- tables --families packages --packages FOLDER`:
#   apt-get install --no-install-recommends r-base-core r-cran-mlbench r-cran-kernlab r-cran-mass r-cran-aer r-cran-caret r-cran-ggplot2 r-cran-earth \
#     r-cran-randomforest r-cran-survival
#   Rscript packages.R FOLDER
# The header names each column n:NAME, a number, or c:NAME, a category, and the label, which comes last, by the task.

folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

read <- function(package, name, object) {
  content <- new.env()
  data(list = name, package = package, envir = content)
  as.data.frame(get(object, content))
}

# Columns that repeat the label, or only number the rows, are dropped.
write <- function(name, package, label, task, drop = c(), set = name, object = set) {
  rows <- read(package, set, object)
  rows <- rows[!is.na(rows[[label]]), setdiff(names(rows), drop), drop = FALSE]
  inputs <- setdiff(names(rows), label)
  is_number <- vapply(rows[inputs], is.numeric, TRUE)
  clean <- function(text) gsub("[^A-Za-z0-9_]", "_", text)
  columns <- lapply(inputs, function(input) {
    values <- rows[[input]]
    if (is.numeric(values)) as.numeric(values) else ifelse(is.na(values), "", gsub("[,\"\r\n]", "_", as.character(values)))
  })
  header <- paste0(ifelse(is_number, "n:", "c:"), make.unique(clean(inputs), sep = "_"))
  target <- if (task == "regression") as.numeric(rows[[label]]) else as.integer(droplevels(factor(rows[[label]]))) - 1L
  table <- c(setNames(columns, header), setNames(list(target), task))
  write.table(as.data.frame(table, check.names = FALSE), file.path(folder, paste0(name, ".csv")), sep = ",", na = "", quote = FALSE,
              row.names = FALSE)
}

write("boston", "mlbench", "medv", "regression", set = "BostonHousing")
write("servo", "mlbench", "Class", "regression", set = "Servo")
write("ozone", "mlbench", "V4", "regression", set = "Ozone")
write("diamonds", "ggplot2", "price", "regression")
write("txhousing", "ggplot2", "median", "regression")
write("mpg", "ggplot2", "hwy", "regression", drop = c("cty"))
write("cps1985", "AER", "wage", "regression", set = "CPS1985")
write("cps1988", "AER", "wage", "regression", set = "CPS1988")
write("earnings", "AER", "earnings", "regression", set = "CPSSW8")
write("schools", "AER", "math", "regression", drop = c("district", "school", "read"), set = "CASchools")
write("college", "AER", "score", "regression", set = "CollegeDistance")
write("houses", "AER", "price", "regression", set = "HousePrices")
write("visits", "AER", "visits", "regression", set = "DoctorVisits")
write("medicare", "AER", "visits", "regression", set = "NMES1988")
write("panel", "AER", "wage", "regression", set = "PSID7682")
write("guns", "AER", "violent", "regression", drop = c("murder", "robbery"), set = "Guns")
write("sacramento", "caret", "price", "regression", set = "Sacramento")
write("gm-cars", "caret", "Price", "regression", set = "cars")
write("cpus", "MASS", "perf", "regression", drop = c("name", "estperf"))
write("pupils", "MASS", "lang", "regression", set = "nlschools")
write("imports", "randomForest", "price", "regression", set = "imports85")
write("quakes", "datasets", "stations", "regression")
write("chicken", "datasets", "weight", "regression", set = "ChickWeight")

write("cancer", "mlbench", "Class", "binary", drop = c("Id"), set = "BreastCancer")
write("votes", "mlbench", "Class", "binary", set = "HouseVotes84")
write("ionosphere", "mlbench", "Class", "binary", set = "Ionosphere")
write("pima", "mlbench", "diabetes", "binary", set = "PimaIndiansDiabetes2")
write("sonar", "mlbench", "Class", "binary", set = "Sonar")
write("spam", "kernlab", "type", "binary")
write("musk", "kernlab", "Class", "binary")
write("caravan", "kernlab", "CARAVAN", "binary", set = "ticdata")
write("german", "caret", "Class", "binary", set = "GermanCredit")
write("cells", "caret", "Class", "binary", drop = c("Cell", "Case"), set = "segmentationData")
write("dhfr", "caret", "Y", "binary")
write("mortgage", "AER", "deny", "binary", set = "HMDA")
write("smokers", "AER", "smoker", "binary", set = "SmokeBan")
write("insurance", "AER", "health", "binary", set = "HealthInsurance")
write("creditcard", "AER", "card", "binary", set = "CreditCard")
write("swiss", "AER", "participation", "binary", set = "SwissLabor")
write("callback", "AER", "call", "binary", set = "ResumeNames")
write("children", "AER", "morekids", "binary", set = "Fertility2")
write("titanic", "earth", "survived", "binary", set = "etitanic")
write("wilms", "survival", "rel", "binary", drop = c("seqno"), set = "nwtco")
write("chains", "survival", "death", "binary", drop = c("futime", "chapter"), set = "flchain")

write("dna", "mlbench", "Class", "multiclass", set = "DNA")
write("glass", "mlbench", "Type", "multiclass", set = "Glass")
write("letters", "mlbench", "lettr", "multiclass", set = "LetterRecognition")
write("satellite", "mlbench", "classes", "multiclass", set = "Satellite")
write("shuttle", "mlbench", "Class", "multiclass", set = "Shuttle")
write("soybean", "mlbench", "Class", "multiclass", set = "Soybean")
write("vehicle", "mlbench", "Class", "multiclass", set = "Vehicle")
write("vowel", "mlbench", "Class", "multiclass", set = "Vowel")
write("income", "kernlab", "INCOME", "multiclass")
write("jobs", "AER", "job", "multiclass", set = "BankWages")
