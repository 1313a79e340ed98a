console.log("saker");
