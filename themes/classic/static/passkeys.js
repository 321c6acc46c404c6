// Passkeys: a finger or a face in the place of a password, by the browser's own means.

import { Refused, auth } from "./api.js";

/** Whether this browser can. */
export const canUsePasskeys = () => Boolean(globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON);

/** Sign in or confirm with a passkey, at an address of allauth; return its answer. */
export async function usePasskey(address) {
  const { data } = await auth("GET", address);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
  const credential = await asked(() => navigator.credentials.get({ publicKey }));
  return accepted(await auth("POST", address, { credential }));
}

/** Make a passkey of this device for the person who is signed in. */
export async function addPasskey(name) {
  const address = "/account/authenticators/webauthn";
  const { data } = await auth("GET", `${address}?passwordless`);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(data.creation_options.publicKey);
  const credential = await asked(() => navigator.credentials.create({ publicKey }));
  return accepted(await auth("POST", address, { name, credential }));
}

/** The browser's answer as JSON. That a person thought better of it is no crash. */
async function asked(asking) {
  try {
    return (await asking()).toJSON();
  } catch {
    throw new Refused(400, { code: "passkey_not_used" });
  }
}

function accepted(answer) {
  const [error] = answer.errors;
  // Of a passkey it is not a code that is wrong.
  const code = error?.param === "credential" ? "passkey_unknown" : error?.code;
  if (error) throw new Refused(answer.status, { code, detail: error.message });
  return answer;
}
