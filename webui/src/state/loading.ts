import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Loading<Value> {
  value: Value | undefined;
  error: unknown;
  busy: boolean;
  reload: () => void;
}

/**
 * Loads a value whenever one of the names it depends on changes. The former value stays on
 * screen while the same thing is reloaded, and leaves when another thing is asked for.
 */
export function useLoading<Value>(load: () => Promise<Value>, names: readonly unknown[]): Loading<Value> {
  const [turn, setTurn] = useState(0);
  const name = JSON.stringify(names);
  const [state, setState] = useState<{ name: string; value?: Value; error?: unknown; busy: boolean }>({
    name,
    busy: true,
  });
  useEffect(() => {
    let wanted = true;
    setState((before) => (before.name === name ? { ...before, busy: true } : { name, busy: true }));
    load().then(
      (value) => wanted && setState({ name, value, busy: false }),
      (error: unknown) => wanted && setState((before) => ({ ...before, name, error, busy: false })),
    );
    return () => {
      wanted = false;
    };
  }, [name, turn]);
  const reload = useCallback(() => setTurn((value) => value + 1), []);
  const current = state.name === name;
  return {
    value: current ? state.value : undefined,
    error: current ? state.error : undefined,
    busy: !current || state.busy,
    reload,
  };
}
