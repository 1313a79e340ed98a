import { dataOf, publicApi } from './client';
import { signedIn } from './session';

export async function login(username: string, password: string): Promise<void> {
  signedIn(dataOf(await publicApi.POST('/api/auth/login', { body: { username, password } })));
}
