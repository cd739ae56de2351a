import type { Diagram } from './viewer';

interface Point {
  x: number;
  y: number;
}

const SVG = 'http://www.w3.org/2000/svg';
const LONGEST = 900;
const SPEED = 0.9;

export function motionReduced(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function lengthOf(path: readonly Point[]): number {
  return path.slice(1).reduce((sum, point, index) => sum + distance(path[index] ?? point, point), 0);
}

const distance = (from: Point, to: Point) => Math.hypot(to.x - from.x, to.y - from.y);

/** The point after `travelled` units along the path. */
export function pointAlong(path: readonly Point[], travelled: number): Point {
  let rest = travelled;
  for (let index = 1; index < path.length; index += 1) {
    const from = path[index - 1] as Point;
    const to = path[index] as Point;
    const length = distance(from, to);
    if (rest <= length && length > 0) {
      const share = rest / length;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    }
    rest -= length;
  }
  return path[path.length - 1] ?? { x: 0, y: 0 };
}

/**
 * Moves a dot along the flows, one after the other. Returns how to stop it; the dot leaves by itself.
 * Nothing moves for people who asked their system for less motion.
 */
export function moveDot(diagram: Diagram, flows: readonly string[]): () => void {
  const paths = flows.map((flow) => diagram.waypoints(flow)).filter((path) => path.length > 1);
  const total = paths.reduce((sum, path) => sum + lengthOf(path), 0);
  if (!total || motionReduced()) return () => undefined;
  const dot = document.createElementNS(SVG, 'circle');
  dot.setAttribute('r', '7');
  dot.setAttribute('class', 'bj-dot');
  diagram.layer.appendChild(dot);
  const duration = Math.min(LONGEST, total / SPEED);
  let frame = 0;
  let begun: number | null = null;
  const stop = () => {
    cancelAnimationFrame(frame);
    dot.remove();
  };
  const draw = (now: number) => {
    begun ??= now;
    const share = (now - begun) / duration;
    if (share >= 1) {
      stop();
      return;
    }
    place(dot, paths, share * total);
    frame = requestAnimationFrame(draw);
  };
  frame = requestAnimationFrame(draw);
  return stop;
}

function place(dot: SVGElement, paths: ReadonlyArray<readonly Point[]>, travelled: number): void {
  let rest = travelled;
  for (const path of paths) {
    const length = lengthOf(path);
    if (rest <= length) {
      const point = pointAlong(path, rest);
      dot.setAttribute('cx', String(point.x));
      dot.setAttribute('cy', String(point.y));
      return;
    }
    rest -= length;
  }
}
