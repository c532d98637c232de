// A web app that signs people in: Go with go-oidc and x/oauth2. Settings: ISSUER, CLIENT_ID, CLIENT_SECRET, PORT.
package main

import (
	"context"
	"fmt"
	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"log"
	"net/http"
	"os"
)

func main() {
	home, clientID := "127.0.0.1:"+os.Getenv("PORT"), os.Getenv("CLIENT_ID")
	provider, err := oidc.NewProvider(context.Background(), os.Getenv("ISSUER"))
	if err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{ClientID: clientID, ClientSecret: os.Getenv("CLIENT_SECRET"), Endpoint: provider.Endpoint(),
		RedirectURL: "http://" + home + "/callback", Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}
	http.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		verifier := oauth2.GenerateVerifier() // its cookie binds the answer to this browser
		http.SetCookie(w, &http.Cookie{Name: "verifier", Value: verifier, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		http.Redirect(w, r, config.AuthCodeURL("", oauth2.S256ChallengeOption(verifier)), http.StatusFound)
	})
	http.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) {
		var person struct{ Name, Email string }
		if cookie, err := r.Cookie("verifier"); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		} else if tokens, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(cookie.Value)); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		} else if idToken, err := provider.Verifier(&oidc.Config{ClientID: clientID}).Verify(r.Context(), fmt.Sprint(tokens.Extra("id_token"))); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		} else if err := idToken.Claims(&person); err == nil {
			fmt.Fprintf(w, "Signed in: %s (%s)", person.Name, person.Email)
		}
	})
	log.Fatal(http.ListenAndServe(home, nil))
}
