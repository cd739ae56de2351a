import { computed, signal } from '@preact/signals';
import { setCsrfToken, whenUnauthorized } from '../api/client';
import { session as resource } from '../api/endpoints';
import { ApiError } from '../api/errors';
import type { Session } from '../api/types';

/** `undefined` until the server has said who is signed in. */
export const session = signal<Session | null | undefined>(undefined);

/** The session ended while someone was working: the page stays as it is under the sign-in. */
export const expired = signal(false);

export const user = computed(() => session.value?.user ?? null);

whenUnauthorized(() => {
  if (session.value) expired.value = true;
});

function accept(opened: Session): void {
  setCsrfToken(opened.csrfToken);
  session.value = opened;
  expired.value = false;
}

export async function readSession(): Promise<void> {
  try {
    accept(await resource.read());
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    session.value = null;
  }
}

/** Signs in. Another person than before starts on a fresh page, so that nothing of the former remains. */
export async function signIn(username: string, password: string): Promise<void> {
  const before = session.value?.user.id;
  const opened = await resource.open(username, password);
  if (before !== undefined && before !== opened.user.id) {
    window.location.reload();
    return;
  }
  accept(opened);
}

export async function signOut(): Promise<void> {
  await resource.close();
  window.location.hash = '';
  window.location.reload();
}

export async function changePassword(current: string, next: string): Promise<void> {
  await resource.changePassword(current, next);
  await readSession();
}
