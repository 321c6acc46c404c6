// Signs in with a passkey: asks allauth what to sign, the browser to sign it, and goes on.
const button = document.querySelector("[data-passkey]");
const refused = document.querySelector("[data-passkey-refused]");

async function signIn(address) {
  const asked = await fetch(address);
  const { data } = await asked.json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
  const credential = await navigator.credentials.get({ publicKey });
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ credential }),
  });
}

if (button && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    refused.hidden = true;
    try {
      const answer = await signIn(button.dataset.passkey);
      if (answer.ok) {
        window.location.assign(document.querySelector("[name=next]").value);
        return;
      }
    } catch (error) {
      console.warn(error);
    }
    refused.hidden = false;
  });
}
