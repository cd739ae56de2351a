interface Component {
  key?: unknown;
  readonly?: unknown;
  disabled?: unknown;
  components?: unknown;
}

/** Whether a form has a field in which a variable is typed, in a group or outside of any; one that only shows it is none. */
export function typedIn(components: readonly unknown[], variable: string): boolean {
  return components.some((component) => {
    if (!component || typeof component !== 'object') return false;
    const { key, readonly, disabled, components: inner } = component as Component;
    if (key === variable) return !readonly && !disabled;
    return Array.isArray(inner) && typedIn(inner, variable);
  });
}
