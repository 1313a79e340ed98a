import { api, dataOf } from './client';
import { signedIn } from './session';

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const body = { currentPassword, newPassword };
  signedIn(dataOf(await api.POST('/api/auth/password', { body })));
}
