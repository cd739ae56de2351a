/** The bureau as everybody may see it: departments, posts, roles, who is responsible for what. */

import { request } from './client';
import type { Colleague, Role } from './people';
import type { Named } from './types';

export interface Department extends Named {
  kind: string;
  parent: string | null;
  plaques: string[];
  line: number | null;
}

export interface Post extends Named {
  department: string;
  line: number | null;
  duties: Array<{ line: number; text: string }>;
  holders: Named[];
}

export interface Responsibility {
  id: string;
  matter: string;
  lead: string;
  assist: string[];
  line: number | null;
}

export const organisation = {
  departments: () => request<{ items: Department[] }>('GET', '/departments'),
  posts: (department: string) => request<{ items: Post[] }>('GET', '/posts', { query: { department } }),
  roles: () => request<{ items: Role[] }>('GET', '/roles'),
  responsibilities: () => request<{ items: Responsibility[] }>('GET', '/responsibilities'),
  colleagues: (search: string) => request<{ items: Colleague[] }>('GET', '/colleagues', { query: { search } }),
};
