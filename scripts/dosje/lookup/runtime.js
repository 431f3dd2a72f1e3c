// What Python has and JavaScript has not: the few built-ins that the translated modules use.
const is_map = (value) => value instanceof Map;
const is_rule = (value) => value instanceof Match || value instanceof Rule;
function each_(value) {
  if (typeof value === "string") return value.split("");
  if (is_map(value)) return value.keys();
  return value[Symbol.iterator] ? value : Object.keys(value);
}
function truth_(value) {
  if (value === null || value === undefined) return false;
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  return is_rule(value) || len(value) > 0;
}
const and_ = (value, rest) => (truth_(value) ? rest() : value);
const or_ = (value, rest) => (truth_(value) ? value : rest());
const add_ = (one, other) => (Array.isArray(one) ? [...one, ...other] : one + other);
function times_(one, other) {
  if (typeof one === "number") return one * other;
  if (typeof one === "string") return one.repeat(Math.max(other, 0));
  let made = [];
  for (let at = 0; at < other; at += 1) made = made.concat(one);
  return made;
}
function same_(one, other) {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((part, at) => same_(part, other[at]));
}
function has_(whole, part) {
  if (typeof whole === "string") return whole.includes(part);
  if (Array.isArray(whole)) {
    return typeof part === "object" ? whole.some((other) => same_(other, part)) : whole.includes(part);
  }
  if (whole instanceof Set || is_map(whole)) return whole.has(part);
  return Object.hasOwn(whole, part);
}
function item_(value, key) {
  if (Array.isArray(value) || typeof value === "string") return value[key < 0 ? value.length + key : key];
  if (value instanceof Match) return value.group(key);
  return is_map(value) ? value.get(key) : value[key];
}
function set_item_(whole, key, value) {
  if (is_map(whole)) whole.set(key, value);
  else whole[key] = value;
}
const slice_ = (value, from, to) => value.slice(from === null ? 0 : from, to === null ? undefined : to);
const str = (value) => String(value);
const int = (value) => (typeof value === "string" ? parseInt(value, 10) : Math.trunc(value));
function len(value) {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return value instanceof Map || value instanceof Set ? value.size : Object.keys(value).length;
}
const list = (value) => Array.from(each_(value));
const set = (value) => new Set(each_(value));
const bool = (value) => truth_(value);
const abs = Math.abs;
const any = (value) => value.some(truth_);
const all = (value) => value.every(truth_);
const sum = (value) => value.reduce((one, other) => one + other, 0);
const reversed = (value) => value.slice().reverse();
function range(...ends) {
  const [from, to, by] = ends.length === 1 ? [0, ends[0], 1] : [ends[0], ends[1], ends[2] || 1];
  const made = [];
  for (let at = from; at < to; at += by) made.push(at);
  return made;
}
const enumerate = (value) => Array.from(each_(value), (part, at) => [at, part]);
const zip = (one, other) => one.slice(0, Math.min(one.length, other.length)).map((part, at) => [part, other[at]]);
function order(one, other) {
  if (Array.isArray(one)) {
    for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
      const by = order(one[at], other[at]);
      if (by) return by;
    }
    return one.length - other.length;
  }
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
function sorted(value, options) {
  const key = (options && options.key) || ((part) => part);
  const made = list(value)
    .map((part) => [key(part), part])
    .sort((one, other) => order(one[0], other[0]))
    .map((pair) => pair[1]);
  return options && options.reverse ? made.reverse() : made;
}
function best_(sign, given) {
  const parts = given.length > 1 ? given : list(given[0]);
  return parts.reduce((one, other) => (order(other, one) * sign > 0 ? other : one));
}
const max = (...given) => best_(1, given);
const min = (...given) => best_(-1, given);
const replace_ = (value, changes) => ({ ...value, ...changes });
class Match {
  constructor(found) {
    this.found = found;
  }
  group(key) {
    const value = this.found[key || 0];
    return value === undefined ? null : value;
  }
  start(key) {
    return key ? this.found.indices[key][0] : this.found.index;
  }
  end(key) {
    return key ? this.found.indices[key][1] : this.found.index + this.found[0].length;
  }
}
class Rule {
  constructor(pattern) {
    this.anywhere = new RegExp(pattern, "gd");
    this.here = new RegExp(pattern, "yd");
    this.whole = new RegExp(`^(?:${pattern})$`, "d");
  }
  run(rule, text, at) {
    rule.lastIndex = at || 0;
    const found = rule.exec(text);
    return found && new Match(found);
  }
  match(text, at) {
    return this.run(this.here, text, at);
  }
  search(text, at) {
    return this.run(this.anywhere, text, at);
  }
  fullmatch(text) {
    return this.run(this.whole, text, 0);
  }
  finditer(text) {
    return Array.from(text.matchAll(this.anywhere), (found) => new Match(found));
  }
}
// Python's ASCII classes: \s of JavaScript knows more spaces, but spelled texts have only one.
const re_compile = (pattern) => new Rule(pattern);
const re_sub = (pattern, by, text) => text.replaceAll(new RegExp(pattern, "g"), by);
const re_split = (pattern, text) => text.split(new RegExp(pattern));
const unicodedata_normalize = (form, text) => text.normalize(form);
function strip_(text, signs, left, right) {
  const goes = (letter) => (signs === undefined ? /\s/.test(letter) : signs.includes(letter));
  let from = 0;
  let to = text.length;
  while (left && from < to && goes(text[from])) from += 1;
  while (right && to > from && goes(text[to - 1])) to -= 1;
  return text.slice(from, to);
}
const TEXT = {
  lower: (value) => value.toLowerCase(),
  upper: (value) => value.toUpperCase(),
  strip: (value, signs) => strip_(value, signs, true, true),
  lstrip: (value, signs) => strip_(value, signs, true, false),
  rstrip: (value, signs) => strip_(value, signs, false, true),
  startswith: (value, start) => value.startsWith(start),
  endswith: (value, end) => value.endsWith(end),
  replace: (value, old, by) => value.split(old).join(by),
  join: (value, parts) => list(parts).join(value),
  find: (value, part, at) => value.indexOf(part, at || 0),
  rfind: (value, part) => value.lastIndexOf(part),
  count: (value, part) => value.split(part).length - 1,
  split: (value, sign) => value.split(sign),
  partition: (value, sign) => {
    const at = value.indexOf(sign);
    return at < 0 ? [value, "", ""] : [value.slice(0, at), sign, value.slice(at + sign.length)];
  },
  isdigit: (value) => /^[0-9]+$/.test(value),
  isalnum: (value) => /^[\p{L}\p{N}]+$/u.test(value),
  isupper: (value) => value.toUpperCase() === value && value.toLowerCase() !== value,
};
const LIST = {
  append: (value, part) => {
    value.push(part);
  },
  extend: (value, parts) => {
    for (const part of each_(parts)) value.push(part);
  },
  pop: (value) => value.pop(),
  sort: (value, options) => {
    for (const [at, part] of sorted(value, options).entries()) value[at] = part;
  },
};
const DICT = {
  get: (value, key, other = null) => (has_(value, key) ? item_(value, key) : other),
  items: (value) => (is_map(value) ? Array.from(value) : Object.entries(value)),
  keys: (value) => list(is_map(value) ? value.keys() : Object.keys(value)),
  values: (value) => list(is_map(value) ? value.values() : Object.values(value)),
};
function call_(value, name, ...rest) {
  if (is_rule(value)) return value[name](...rest);
  if (typeof value === "string") return TEXT[name](value, ...rest);
  return (Array.isArray(value) ? LIST : DICT)[name](value, ...rest);
}
function plain_(value) {
  if (is_map(value)) {
    return Object.fromEntries(Array.from(value, ([key, part]) => [key, key === "memory" ? part : plain_(part)]));
  }
  return Array.isArray(value) ? value.map(plain_) : value;
}

// The wording of a reason (reasons.py); the phrases are those that the build put at the head of this script.
function word_reason(reason) {
  if (!reason.length) return "";
  if (["and", "or", "then"].includes(reason[0])) {
    const between = dosjePhrase(`lookup.reason.${reason[0]}`, { first: "", second: "" });
    return reason
      .slice(1)
      .map((part) => (Array.isArray(part) ? word_reason(part) : part))
      .join(between);
  }
  const values = {};
  for (let at = 1; at < reason.length; at += 2) {
    const value = reason[at + 1];
    values[reason[at]] = Array.isArray(value) ? word_reason(value) : value;
  }
  return dosjePhrase(`lookup.reason.${reason[0]}`, values);
}
