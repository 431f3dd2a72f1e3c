/* dosjePhrase("search.pages", { n: 3 }) returns a phrase with its values, as text.

   The build puts this before each script that asks for phrases, and before this the phrases that it asks for, in the
   language of the edition (script.py). So no script waits for another, and no page loads a file more.

   dosjeSay(element, text) lets an element say a text. Of a phrase that the language lacks, which is in English, it says
   so, unless the phrase holds words of the edition. */

(() => {
  "use strict";

  /** Return the form of a phrase that fits its count. */
  function formOf(key, count) {
    const form = self.dosjePhrases[key];
    if (form === undefined) throw new Error(`no phrase has the key "${key}"`);
    if (typeof form === "string") return form;
    return form[new Intl.PluralRules(self.dosjePhrases.locale).select(count)] || form.other;
  }

  self.dosjePhrase = (key, values = {}) => {
    const text = formOf(key, values.n).replaceAll(/\{([a-z_]+)\}/gu, (place, name) =>
      Object.hasOwn(values, name) ? String(values[name]) : place,
    );
    const isEnglish = self.dosjePhrases.borrowed?.includes(key);
    if (isEnglish && Object.values(values).every((value) => typeof value === "number")) {
      self.dosjeEnglish ??= new Set();
      self.dosjeEnglish.add(text);
    }
    return text;
  };

  self.dosjeSay = (element, text) => {
    element.textContent = text;
    if (self.dosjeEnglish?.has(text)) {
      element.lang = "en";
      element.dir = "ltr";
      element.dosjeIsEnglish = true;
    } else if (element.dosjeIsEnglish) {
      element.removeAttribute("lang");
      element.removeAttribute("dir");
      element.dosjeIsEnglish = false;
    }
  };
})();
