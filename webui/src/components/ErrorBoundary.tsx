import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary } from 'preact/hooks';
import { Failure } from './Loaded';

interface ErrorBoundaryProps {
  /** Another place is another try. */
  place: string;
  children: ComponentChildren;
}

/** A fault in one page is said there; the frame around it, and the other pages, go on working. */
export function ErrorBoundary({ place, children }: ErrorBoundaryProps) {
  const [error, reset] = useErrorBoundary((fault: unknown) => console.error(fault));
  useEffect(reset, [place]);
  return error ? <Failure error={error} onRetry={reset} /> : <>{children}</>;
}
