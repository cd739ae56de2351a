/** Chromium 86, which government desktops still run, lacks what the libraries call. */

function at<Item>(this: ArrayLike<Item>, index: number): Item | undefined {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? this.length + whole : whole];
}

function define(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

define(Array.prototype, 'at', at);
define(String.prototype, 'at', at);
define(Object, 'hasOwn', (object: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(object, key));
// diagram-js copies plain boxes of numbers with it, nothing that JSON would lose.
define(globalThis, 'structuredClone', (value: unknown): unknown => JSON.parse(JSON.stringify(value)));

export {};
