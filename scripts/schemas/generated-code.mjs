// @ts-check
/**
 * Changes to the code that ajv generates. Each counts what it changed and fails the build when ajv's way of
 * writing it has changed.
 */

/** Loops stop here, one over what reports list: a million wrong items must not make a million errors. */
const ENOUGH_ERRORS = 101;

const ITEMS = /for\(let (\w+)=0; \1<(\w+); \1\+\+\)\{/g;
const KEYS = /for\(const (\w+) of Object\.keys\((\w+)\)\)\{/g;
const OWN = /(data\d*)(?:\.[\w$]+|\["[^"]*"\]) !== undefined && (func\d+)\.call\(\1, ("[^"]*")\)/g;
const ERROR =
  /const (err\d+) = \{(?:instancePath(?::([^]*?))?,schemaPath:"[^]*?",keyword:("\w+"),params:(\{[^]*?\})(?:,propertyName:(\w+))?)?\};if\(vErrors === null\)\{vErrors = \[\1\];\}\s*else \{vErrors\.push\(\1\);\}\s*errors\+\+;/g;

/**
 * Makes every loop over items or keys end once there are enough errors.
 * @param {string} code
 */
export function stopAtEnoughErrors(code) {
  let stops = 0;
  const capped = code
    .replaceAll(ITEMS, (_loop, index, length) => {
      stops += 1;
      return `for(let ${index}=0; ${index}<${length}&&errors<${ENOUGH_ERRORS}; ${index}++){`;
    })
    .replaceAll(KEYS, (_loop, key, data) => {
      stops += 1;
      return `for(const ${key} of Object.keys(${data})){if(errors>=${ENOUGH_ERRORS})break;`;
    });
  expectSame('loops', count(code, /\b(?:for|while)\s*\(/g), stops);
  return capped;
}

/**
 * Makes every error one short call: spelled out, errors are nine tenths of the code and of its loading time.
 * @param {string} code
 */
export function smallErrors(code) {
  let changed = 0;
  const small = code.replaceAll(ERROR, (_all, _name, path, keyword, params, propertyName) => {
    changed += 1;
    // Inside `if`, `not` and the like, errors are counted and thrown away.
    if (keyword === undefined) return 'vErrors = withError(vErrors, "", "", {});errors++;';
    const allParams =
      propertyName === undefined ? params : `{propertyName:${propertyName},${params.slice(1)}`;
    return `vErrors = withError(vErrors, ${path ?? 'instancePath'}, ${keyword}, ${allParams});errors++;`;
  });
  expectSame('errors', count(code, /const err\d+ = /g), changed);
  return small;
}

/**
 * Asks once whether a property is there: parsed documents own no property that is undefined.
 * @param {string} code
 */
export function singleOwnChecks(code) {
  let changed = 0;
  const single = code.replaceAll(OWN, (_both, data, has, key) => {
    changed += 1;
    return `${has}.call(${data}, ${key})`;
  });
  expectSame('own-property checks', count(code, / !== undefined && func\d+\.call\(/g), changed);
  return single;
}

/**
 * @param {string} code
 * @param {RegExp} pattern
 */
function count(code, pattern) {
  return code.match(pattern)?.length ?? 0;
}

/**
 * @param {string} what
 * @param {number} expected
 * @param {number} actual
 */
function expectSame(what, expected, actual) {
  if (expected !== actual)
    throw new Error(`the generated code has ${expected} ${what}, but ${actual} of them were changed`);
}

/**
 * What the generated code calls for each error. It stands in there as text: it may use nothing from here.
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} keyword
 * @param {object} params
 */
export function withError(errors, instancePath, keyword, params) {
  const error = { keyword, instancePath, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
