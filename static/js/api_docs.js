// The interactive description. Only reading can be tried here: a legal step is taken on its own page.
(function () {
  "use strict";
  var place = document.getElementById("api-description");
  SwaggerUIBundle({
    domNode: place,
    url: place.dataset.schema,
    supportedSubmitMethods: ["get"],
    deepLinking: false,
    docExpansion: "list",
    validatorUrl: null,
  });
})();
