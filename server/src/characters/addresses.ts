/** Addresses of what everybody may have; they carry the file's hash. */
export const avatarAddress = (sha256: string): string => `/avatars/${sha256}.vrm`;
export const pictureAddress = (sha256: string): string => `/avatars/${sha256}.png`;
