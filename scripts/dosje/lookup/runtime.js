// What Python has and JavaScript has not: the few built-ins that the translated modules use.
const MARKS = /[\u0300-\u036f\u0483-\u0487]/;
const is_map = (v) => v instanceof Map;
const each_ = (v) => (typeof v === "string" ? v.split("") : is_map(v) ? v.keys() : v[Symbol.iterator] ? v : Object.keys(v));
const truth_ = (v) =>
  v === null || v === undefined || v === false ? false
  : typeof v === "string" || Array.isArray(v) ? v.length > 0
  : typeof v === "number" ? v !== 0
  : v instanceof Map || v instanceof Set ? v.size > 0
  : v instanceof Match || v instanceof Rule || v === true ? true : Object.keys(v).length > 0;
const and_ = (v, rest) => (truth_(v) ? rest() : v);
const or_ = (v, rest) => (truth_(v) ? v : rest());
const add_ = (a, b) => (Array.isArray(a) ? a.concat(b) : a + b);
const times_ = (a, b) => {
  if (typeof a === "number") return a * b;
  if (typeof a === "string") return a.repeat(Math.max(b, 0));
  let made = [];
  for (let i = 0; i < b; i++) made = made.concat(a);
  return made;
};
const same_ = (a, b) => {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((v, i) => same_(v, b[i]));
};
const has_ = (whole, part) => {
  if (typeof whole === "string") return whole.includes(part);
  if (Array.isArray(whole)) return typeof part === "object" ? whole.some((v) => same_(v, part)) : whole.includes(part);
  if (whole instanceof Set || is_map(whole)) return whole.has(part);
  return Object.prototype.hasOwnProperty.call(whole, part);
};
const item_ = (v, k) => {
  if (Array.isArray(v) || typeof v === "string") return v[k < 0 ? v.length + k : k];
  if (v instanceof Match) return v.group(k);
  return is_map(v) ? v.get(k) : v[k];
};
const set_item_ = (v, k, value) => { if (is_map(v)) v.set(k, value); else v[k] = value; };
const slice_ = (v, from, to) => v.slice(from === null ? 0 : from, to === null ? undefined : to);
const str = (v) => String(v);
const int = (v) => (typeof v === "string" ? parseInt(v, 10) : Math.trunc(v));
const len = (v) => (v.length !== undefined ? v.length : v.size !== undefined ? v.size : Object.keys(v).length);
const list = (v) => Array.from(each_(v));
const set = (v) => new Set(each_(v));
const bool = (v) => truth_(v);
const abs = Math.abs;
const any = (v) => v.some(truth_);
const all = (v) => v.every(truth_);
const sum = (v) => v.reduce((a, b) => a + b, 0);
const reversed = (v) => v.slice().reverse();
const range = (a, b, step) => {
  const [from, to, by] = b === undefined ? [0, a, 1] : [a, b, step || 1];
  const made = [];
  for (let i = from; i < to; i += by) made.push(i);
  return made;
};
const enumerate = (v) => Array.from(each_(v), (part, i) => [i, part]);
const zip = (a, b) => a.slice(0, Math.min(a.length, b.length)).map((v, i) => [v, b[i]]);
const order = (a, b) => {
  if (Array.isArray(a)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const by = order(a[i], b[i]);
      if (by) return by;
    }
    return a.length - b.length;
  }
  return a < b ? -1 : a > b ? 1 : 0;
};
const sorted = (v, options) => {
  const key = (options && options.key) || ((part) => part);
  const made = list(v).map((part) => [key(part), part]).sort((a, b) => order(a[0], b[0])).map((pair) => pair[1]);
  return options && options.reverse ? made.reverse() : made;
};
const best_ = (sign) => (first, ...rest) => (rest.length ? [first, ...rest] : list(first)).reduce((a, b) => (order(b, a) * sign > 0 ? b : a));
const max = best_(1);
const min = best_(-1);
const replace_ = (v, changes) => Object.assign({}, v, changes);
const re_escape = (text) => text;
class Match {
  constructor(found) { this.found = found; }
  group(k) { const v = this.found[k || 0]; return v === undefined ? null : v; }
  start(k) { return k ? this.found.indices[k][0] : this.found.index; }
  end(k) { return k ? this.found.indices[k][1] : this.found.index + this.found[0].length; }
}
class Rule {
  constructor(pattern) {
    this.anywhere = new RegExp(pattern, "gd");
    this.here = new RegExp(pattern, "yd");
    this.whole = new RegExp("^(?:" + pattern + ")$", "d");
  }
  run(rule, text, at) { rule.lastIndex = at || 0; const found = rule.exec(text); return found && new Match(found); }
  match(text, at) { return this.run(this.here, text, at); }
  search(text, at) { return this.run(this.anywhere, text, at); }
  fullmatch(text) { return this.run(this.whole, text, 0); }
  finditer(text) { return Array.from(text.matchAll(this.anywhere), (found) => new Match(found)); }
}
// Python's ASCII classes: \s of JavaScript knows more spaces, but spelled texts have only one.
const re_compile = (pattern) => new Rule(pattern);
const re_sub = (pattern, by, text) => text.replace(new RegExp(pattern, "g"), by);
const re_split = (pattern, text) => text.split(new RegExp(pattern));
const unicodedata_normalize = (form, text) => text.normalize(form);
const strip_ = (text, signs, left, right) => {
  const goes = (letter) => (signs === undefined ? /\s/.test(letter) : signs.includes(letter));
  let from = 0, to = text.length;
  while (left && from < to && goes(text[from])) from++;
  while (right && to > from && goes(text[to - 1])) to--;
  return text.slice(from, to);
};
const TEXT = {
  lower: (v) => v.toLowerCase(), upper: (v) => v.toUpperCase(),
  strip: (v, signs) => strip_(v, signs, true, true), lstrip: (v, signs) => strip_(v, signs, true, false),
  rstrip: (v, signs) => strip_(v, signs, false, true),
  startswith: (v, start) => v.startsWith(start), endswith: (v, end) => v.endsWith(end),
  replace: (v, old, by) => v.split(old).join(by), join: (v, parts) => list(parts).join(v),
  find: (v, part, at) => v.indexOf(part, at || 0), rfind: (v, part) => v.lastIndexOf(part),
  count: (v, part) => v.split(part).length - 1, split: (v, sign) => v.split(sign),
  partition: (v, sign) => { const at = v.indexOf(sign); return at < 0 ? [v, "", ""] : [v.slice(0, at), sign, v.slice(at + sign.length)]; },
  isdigit: (v) => /^[0-9]+$/.test(v), isalnum: (v) => /^[\p{L}\p{N}]+$/u.test(v),
  isupper: (v) => v.toUpperCase() === v && v.toLowerCase() !== v,
};
const LIST = {
  append: (v, part) => { v.push(part); }, extend: (v, parts) => { for (const part of each_(parts)) v.push(part); },
  pop: (v) => v.pop(), sort: (v, options) => { const made = sorted(v, options); made.forEach((part, i) => { v[i] = part; }); },
};
const DICT = {
  get: (v, key, other) => (has_(v, key) ? item_(v, key) : other === undefined ? null : other),
  items: (v) => (is_map(v) ? Array.from(v) : Object.entries(v)),
  keys: (v) => list(is_map(v) ? v.keys() : Object.keys(v)), values: (v) => list(is_map(v) ? v.values() : Object.values(v)),
};
const call_ = (v, name, ...rest) => {
  const table = typeof v === "string" ? TEXT : Array.isArray(v) ? LIST : v instanceof Match || v instanceof Rule ? null : DICT;
  return table ? table[name](v, ...rest) : v[name](...rest);
};
const plain_ = (v) => {
  if (is_map(v)) return Object.fromEntries(Array.from(v, ([key, value]) => [key, key === "memory" ? value : plain_(value)]));
  return Array.isArray(v) ? v.map(plain_) : v;
};
