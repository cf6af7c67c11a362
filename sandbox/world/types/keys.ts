/** What data centres must remember to know a client again. Bytes as hex in the state file. */
export interface KeyStore {
  get(authKeyId: string): StoredKey | null;
  put(key: StoredKey): void;
  remove(authKeyId: string): void;
  all(): StoredKey[];
  /** The data centres' RSA private key (PEM), made once. */
  serverKey(make: () => string): string;
}

export interface StoredKey {
  /** 16 hex digits. */
  authKeyId: string;
  /** 512 hex digits. */
  authKey: string;
  dcId: number;
  accountId: number | null;
  createdAt: number;
  activeAt: number;
  apiId: number;
  device: string;
  platform: string;
  systemVersion: string;
  appVersion: string;
  /** Of the login; 0 while signed out. Shared by the keys one login has on several data centres. */
  loginHash: string;
  layer: number;
  passwordPending: boolean;
}
