// Command pause keeps a pod's namespaces open and does nothing else: it is the one program of the
// image that containerd starts for each pod. It runs as process 1 of the pod, so it must ask for the
// signal that ends it.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const version = "1"

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		fmt.Println(version)
		return
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
}
