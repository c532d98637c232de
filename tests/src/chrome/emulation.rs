//! Emulates other browsers: dark, narrow, without JavaScript, on a device with passkeys.

use serde_json::json;

use super::Chrome;

impl Chrome {
    /// Disables the scripts of pages, from the next page on.
    pub async fn without_javascript(&self) {
        self.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// Sets the preferred colour scheme: `light` or `dark`. Without motion, so that colours change at once.
    pub async fn prefer_scheme(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tell("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Sets the width of the viewport in CSS pixels; 0 restores the window's own width.
    pub async fn width(&self, pixels: u32) {
        if pixels == 0 {
            self.tell("Emulation.clearDeviceMetricsOverride", json!({})).await;
            return;
        }
        // emulates a phone, where a scroll bar takes no width
        let metrics = json!({ "width": pixels, "height": 800, "deviceScaleFactor": 1, "mobile": true });
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Sets the size of the viewport, as on a desktop.
    pub async fn window(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// A picture of the window, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.web().screenshot_as_png().await.expect("a picture")
    }

    /// Gives the device an authenticator that keeps passkeys. It answers by itself; `verifies` says whether it can
    /// verify its user.
    pub async fn add_authenticator(&self, verifies: bool) {
        self.tell("WebAuthn.enable", json!({})).await;
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": verifies, "automaticPresenceSimulation": true,
        });
        self.tell("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await;
    }

    async fn tell(&self, command: &str, parameters: serde_json::Value) {
        let reported = self.web().cdp().send_raw(command, parameters).await;
        reported.unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}
