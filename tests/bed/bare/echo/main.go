package main

import (
	"errors"
	"os"

	"github.com/labstack/echo"
	"github.com/labstack/echo/middleware"
)

var _ middleware.CORSConfig

func main() {
	e := echo.New()
	e.HideBanner = true
	// Here goes what `why --fix` prints.
	notes := func(context echo.Context) error {
		context.Response().Header().Set("X-Total-Count", "7")
		return context.JSON(200, map[string]bool{"ok": true})
	}
	e.GET("/api/notes", notes)
	e.PUT("/api/notes", notes)
	e.GET("/api/fails", func(context echo.Context) error { return errors.New("it fails") })
	e.Start("127.0.0.1:" + os.Getenv("PORT"))
}
