/** People to choose, and departments to dispatch to, as they travel. */

import { request } from './client';
import type { Named } from './types';

export interface Colleague extends Named {
  kind: 'staff' | 'outside';
  department: string | null;
}

export interface Role {
  name: string;
  label: string;
  department: string | null;
  holders: Named[];
}

/** A department that may be in charge of a matter, with the duties that speak for it. */
export interface DispatchSuggestion {
  department: Named;
  assist: Named[];
  post: Named | null;
  grounds: Array<{ matter: string; line: number | null }>;
  score: number;
}

export const people = {
  search: (search: string) => request<{ items: Colleague[] }>('GET', '/colleagues', { query: { search } }),
  roles: () => request<{ items: Role[] }>('GET', '/roles'),
  dispatch: (text: string) =>
    request<{ items: DispatchSuggestion[] }>('GET', '/dispatch-suggestions', { query: { text } }),
};
